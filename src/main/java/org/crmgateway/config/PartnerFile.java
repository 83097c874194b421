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
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Legacy;
import org.crmgateway.partner.Network;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerLimits;
import org.crmgateway.partner.Protection;
import org.crmgateway.partner.StoredPassword;
import org.jspecify.annotations.Nullable;

/** A partner as a YAML file, and back. A file never says whether the partner may call: that is set by command only. */
public final class PartnerFile {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";
    /** What each number may be. */
    static final Map<String, Range> RANGES = Map.of(
            "limits.calls-per-minute", Range.of(1, 1_000_000),
            "limits.calls-at-once", Range.of(1, 1_000),
            "limits.message-size", Range.sizes("1KiB", "64MiB"));

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
        PartnerConfig config = new ConfigReader(List.of(PartnerConfig.class), RANGES, "config/partners/README.md")
                .read(values, file.toString(), mistakes)
                .getConfigMapping(PartnerConfig.class);
        require(config.name().matches(NAME), "name", "must be 1 to 40 of a-z, 0-9 and '-'.");
        require(config.tenant().matches(NAME), "tenant", "must be 1 to 40 of a-z, 0-9 and '-'.");
        require(config.totalTolerance().signum() >= 0, "total-tolerance", "must not be negative.");
        Set<Dialect> dialects = EnumSet.copyOf(config.dialects());
        Set<Operation> rights = rights(config.rights());
        List<X509Certificate> certificates =
                certificates("certificates", config.certificates().orElse(List.of()));
        Set<Fingerprint> tls = fingerprints(config.tlsCertificates().orElse(List.of()));
        StoredPassword password = password(config.password());
        Legacy legacy = legacy(config.legacy());
        require(
                !dialects.contains(Dialect.USERNAME_TLS) || config.password().isPresent(),
                "password",
                "is needed for username-tls; ./crm-gateway partner add and partner password make one.");
        require(
                !dialects.contains(Dialect.LEGACY_2005)
                        || config.legacy().until().isPresent()
                                && config.legacy().networks().isPresent(),
                "legacy",
                "until and networks are needed for legacy-2005.");
        boolean signs = dialects.stream().anyMatch(Dialect::signed);
        require(!signs || config.certificates().isPresent(), "certificates", "one is needed to verify what it signs.");
        mistakes.refuse();
        return new Partner(
                config.name(),
                config.tenant(),
                rights,
                new Protection(
                        dialects, certificates, tls, password, legacy, config.encryptFaults(), config.repeatReads()),
                config.totalTolerance(),
                config.explain(),
                limits(config.limits()),
                Partner.State.ACTIVE);
    }

    private static PartnerLimits limits(PartnerConfig.Limits limits) {
        return new PartnerLimits(
                limits.callsPerMinute().orElse(null),
                limits.callsAtOnce().orElse(null),
                limits.messageSize().orElse(null));
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

    private Set<Fingerprint> fingerprints(List<String> sources) {
        Set<Fingerprint> fingerprints = new HashSet<>();
        for (int i = 0; i < sources.size(); i++) {
            String plain = sources.get(i).replace(":", "").toLowerCase(Locale.ROOT);
            if (plain.matches("[0-9a-f]{64}")) {
                fingerprints.add(new Fingerprint(plain));
            } else {
                certificates("tls-certificates[" + i + "]", sources.get(i)).stream()
                        .map(Fingerprint::of)
                        .forEach(fingerprints::add);
            }
        }
        return fingerprints;
    }

    private @Nullable StoredPassword password(Optional<String> form) {
        try {
            return form.map(StoredPassword::new).orElse(null);
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    where("password"),
                    "password",
                    "is no stored form. Never write a password here; ./crm-gateway partner password NAME makes one.");
            return null;
        }
    }

    private @Nullable Legacy legacy(PartnerConfig.LegacyTerms terms) {
        LocalDate until = null;
        try {
            until = terms.until().map(LocalDate::parse).orElse(null);
        } catch (DateTimeParseException e) {
            mistakes.add(where("legacy.until"), "legacy.until", "must be a date such as 2027-03-31.");
        }
        List<Network> networks = networks(terms.networks().orElse(List.of()));
        return until == null || networks.isEmpty() ? null : new Legacy(until, networks);
    }

    private List<Network> networks(List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                networks.add(Network.of(texts.get(i)));
            } catch (IllegalArgumentException e) {
                String key = "legacy.networks[" + i + "]";
                mistakes.add(where(key), key, "must be a network such as 10.20.0.0/16.");
            }
        }
        return networks;
    }

    private List<X509Certificate> certificates(String list, List<String> sources) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            certificates.addAll(certificates(list + "[" + i + "]", sources.get(i)));
        }
        return certificates;
    }

    private List<X509Certificate> certificates(String key, String source) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            byte[] bytes = source.contains(PEM)
                    ? source.getBytes(StandardCharsets.US_ASCII)
                    : Files.readAllBytes(file.toAbsolutePath().resolveSibling(source));
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
            require(!certificates.isEmpty(), key, "holds no certificate.");
        } catch (IOException | InvalidPathException e) {
            mistakes.add(where(key), key, "names a file that cannot be read.");
        } catch (CertificateException e) {
            mistakes.add(where(key), key, "holds no certificate.");
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
        protection(partner.protection(), yaml);
        yaml.append("encrypt-faults: ")
                .append(partner.protection().encryptFaults())
                .append('\n');
        yaml.append("repeat-reads: ").append(partner.protection().repeatReads()).append('\n');
        yaml.append("total-tolerance: ")
                .append(partner.totalTolerance().stripTrailingZeros().toPlainString())
                .append('\n');
        writeLimits(partner.limits(), yaml);
        yaml.append("explain: ").append(partner.explain()).append('\n');
        return yaml.toString();
    }

    private static void protection(Protection protection, StringBuilder yaml) {
        if (!protection.tlsCertificates().isEmpty()) {
            yaml.append("tls-certificates: [")
                    .append(protection.tlsCertificates().stream()
                            .map(Fingerprint::value)
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .append("]\n");
        }
        StoredPassword password = protection.password();
        if (password != null) {
            yaml.append("password: '").append(password.form()).append("'\n");
        }
        Legacy legacy = protection.legacy();
        if (legacy != null) {
            yaml.append("legacy:\n  until: ").append(legacy.until()).append("\n  networks: ['");
            yaml.append(legacy.networks().stream().map(Network::text).collect(Collectors.joining("', '")))
                    .append("']\n");
        }
    }

    private static void writeLimits(PartnerLimits limits, StringBuilder yaml) {
        Map<String, Object> present = new LinkedHashMap<>();
        Optional.ofNullable(limits.callsPerMinute()).ifPresent(value -> present.put("calls-per-minute", value));
        Optional.ofNullable(limits.callsAtOnce()).ifPresent(value -> present.put("calls-at-once", value));
        Optional.ofNullable(limits.messageSize()).ifPresent(value -> present.put("message-size", value));
        if (!present.isEmpty()) {
            yaml.append("limits:\n");
            present.forEach((key, value) ->
                    yaml.append("  ").append(key).append(": ").append(value).append('\n'));
        }
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
