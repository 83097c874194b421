package org.crmgateway.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;

/** A partner as a YAML file, and back. A file never says whether the partner may call: that is set by command only. */
public final class PartnerFile {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";
    private static final String PEM = "-----BEGIN CERTIFICATE-----";

    private final Path file;
    private final Map<String, Value> values;
    private final Mistakes mistakes = new Mistakes();

    private PartnerFile(Path file) {
        this.file = file;
        this.values = YamlFile.read(file, mistakes);
    }

    /**
     * The partner declared in {@code file}, as active.
     *
     * @throws OperatorError with all mistakes, each with its line and key
     */
    public static Partner read(Path file) {
        return new PartnerFile(file).partner();
    }

    private Partner partner() {
        // An unreadable file has one mistake; listing its missing keys too would hide it.
        mistakes.refuse();
        PartnerConfig config = new ConfigReader(List.of(PartnerConfig.class), Map.of(), "config/partners/README.md")
                .read(values, file.toString(), mistakes)
                .getConfigMapping(PartnerConfig.class);
        require(config.name().matches(NAME), "name", "must be 1 to 40 of a-z, 0-9 and '-'.");
        require(config.tenant().matches(NAME), "tenant", "must be 1 to 40 of a-z, 0-9 and '-'.");
        require(config.totalTolerance().signum() >= 0, "total-tolerance", "must not be negative.");
        Set<Dialect> dialects = EnumSet.copyOf(config.dialects());
        Set<Operation> rights = rights(config.rights());
        List<X509Certificate> certificates = certificates(config.certificates().orElse(List.of()));
        boolean signs = dialects.stream().anyMatch(Dialect::secured);
        require(!signs || config.certificates().isPresent(), "certificates", "one is needed to verify what it signs.");
        mistakes.refuse();
        return new Partner(
                config.name(),
                config.tenant(),
                dialects,
                rights,
                certificates,
                config.encryptFaults(),
                config.repeatReads(),
                config.totalTolerance(),
                config.explain(),
                Partner.State.ACTIVE);
    }

    private Set<Operation> rights(List<String> names) {
        Set<Operation> rights = EnumSet.noneOf(Operation.class);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.equals("all")) {
                rights.addAll(EnumSet.allOf(Operation.class));
            } else if (name.equals("read")) {
                rights.addAll(readOnly());
            } else {
                Optional<Operation> operation = Operation.named(name);
                operation.ifPresent(rights::add);
                require(operation.isPresent(), "rights[" + i + "]", "must be all, read, or an operation of the WSDL.");
            }
        }
        return rights;
    }

    private List<X509Certificate> certificates(List<String> sources) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            String key = "certificates[" + i + "]";
            try {
                byte[] bytes = sources.get(i).contains(PEM)
                        ? sources.get(i).getBytes(StandardCharsets.US_ASCII)
                        : Files.readAllBytes(file.toAbsolutePath().resolveSibling(sources.get(i)));
                int before = certificates.size();
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(bytes))
                        .forEach(certificate -> certificates.add((X509Certificate) certificate));
                require(certificates.size() > before, key, "holds no certificate.");
            } catch (IOException | InvalidPathException e) {
                mistakes.add(where(key), key, "names a file that cannot be read.");
            } catch (CertificateException e) {
                mistakes.add(where(key), key, "holds no certificate.");
            }
        }
        return certificates;
    }

    private void require(boolean holds, String key, String what) {
        if (!holds) {
            mistakes.add(where(key), key, what);
        }
    }

    private String where(String key) {
        Value value = values.get(key);
        return value == null ? file.toString() : value.where();
    }

    /** The same partner as a file on its own: its certificates are in it. Equal partners give equal texts. */
    public static String write(Partner partner) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("name: ").append(partner.name()).append('\n');
        yaml.append("tenant: ").append(partner.tenant()).append('\n');
        yaml.append("dialects: [")
                .append(partner.dialects().stream().sorted().map(Dialect::label).collect(Collectors.joining(", ")))
                .append("]\n");
        yaml.append("rights: [").append(String.join(", ", rightsOf(partner))).append("]\n");
        if (!partner.certificates().isEmpty()) {
            yaml.append("certificates:\n");
            pems(partner)
                    .forEach(pem -> yaml.append("  - |\n    ")
                            .append(pem.strip().replace("\n", "\n    "))
                            .append('\n'));
        }
        yaml.append("encrypt-faults: ").append(partner.encryptFaults()).append('\n');
        yaml.append("repeat-reads: ").append(partner.repeatReads()).append('\n');
        yaml.append("total-tolerance: ")
                .append(partner.totalTolerance().stripTrailingZeros().toPlainString())
                .append('\n');
        yaml.append("explain: ").append(partner.explain()).append('\n');
        return yaml.toString();
    }

    private static Set<String> rightsOf(Partner partner) {
        if (partner.rights().equals(EnumSet.allOf(Operation.class))) {
            return Set.of("all");
        }
        if (partner.rights().equals(readOnly())) {
            return Set.of("read");
        }
        return partner.rights().stream().map(Operation::wireName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Operation> readOnly() {
        Set<Operation> reads = EnumSet.allOf(Operation.class);
        reads.removeIf(Operation::write);
        return reads;
    }

    private static Set<String> pems(Partner partner) {
        Set<String> pems = new TreeSet<>();
        for (X509Certificate certificate : partner.certificates()) {
            try {
                pems.add(PEM + "\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was read can be written", e);
            }
        }
        return pems;
    }
}
