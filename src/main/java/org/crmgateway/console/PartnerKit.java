package org.crmgateway.console;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.crmgateway.call.Digest;
import org.crmgateway.config.PartnerFile;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerLimits;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new partner with the files its ERP team needs: key store, password, certificates. */
final class PartnerKit {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerKit.class);
    private static final int PASSWORD_BYTES = 18;
    private static final List<String> ENDINGS = List.of(".p12", ".password", ".pem", ".yaml");

    private final Administration parts;
    private final Path folder;
    private final String name;
    private final KeyFiles keyFiles;
    private final List<String> files = new ArrayList<>();

    PartnerKit(Administration parts, Path folder, String name) {
        this.parts = parts;
        this.folder = folder;
        this.name = name;
        this.keyFiles = new KeyFiles(parts.clock());
    }

    /** Where kits lie when nothing else is said. */
    static Path folder(Settings settings) {
        return settings.gateway().dataFolder().resolve("partners");
    }

    /** A password nobody has to remember. */
    static char[] password() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random).toCharArray();
    }

    /** With what tells one declaration from another: a digest of the partner as a file on its own. */
    static Map<Partner, Digest> contents(List<Partner> partners) {
        Map<Partner, Digest> contents = new LinkedHashMap<>();
        partners.forEach(partner ->
                contents.put(partner, Digest.of(PartnerFile.write(partner).getBytes(StandardCharsets.UTF_8))));
        return contents;
    }

    /**
     * Writes the partner's files, then registers it with all rights; when that fails, its files are gone again.
     *
     * @param certificate the partner's own; without it a key pair is made when a dialect needs one
     * @param validity of a key pair made here
     * @throws OperatorError when the partner or one of its files exists, or a file cannot be written
     */
    void add(String tenant, Set<Dialect> dialects, Optional<Path> certificate, Duration validity) {
        if (parts.registry().named(name).isPresent()) {
            throw new OperatorError("The partner " + name
                    + " exists. Change it by ./crm-gateway partner export and partner apply, or choose another name.");
        }
        refuseExistingFiles();
        X509Certificate gateway = parts.gatewayCertificate();
        List<X509Certificate> own = certificate.map(keyFiles::readCertificates).orElse(List.of());
        Optional<KeyPairAndCertificate> made =
                own.isEmpty() && dialects.stream().anyMatch(Dialect::secured)
                        ? Optional.of(new KeyMaker(parts.clock()).make(name, validity))
                        : Optional.empty();
        Partner partner = partner(
                tenant,
                dialects,
                made.map(KeyPairAndCertificate::certificate).map(List::of).orElse(own));
        try {
            made.ifPresent(this::writeKey);
            write(partner, gateway);
            parts.registry().replace(contents(List.of(partner)));
        } catch (RuntimeException e) {
            ENDINGS.forEach(ending -> delete(file(ending)));
            throw e;
        }
    }

    /** What was written, a line each. */
    List<String> files() {
        return List.copyOf(files);
    }

    private Partner partner(String tenant, Set<Dialect> dialects, List<X509Certificate> certificates) {
        try {
            return new Partner(
                    name,
                    tenant,
                    dialects,
                    EnumSet.allOf(Operation.class),
                    certificates,
                    false,
                    false,
                    BigDecimal.ZERO,
                    PartnerLimits.NONE,
                    Partner.State.ACTIVE);
        } catch (IllegalArgumentException e) {
            throw new OperatorError(name + ": " + e.getMessage() + ".", e);
        }
    }

    private void refuseExistingFiles() {
        for (String ending : ENDINGS) {
            if (Files.exists(file(ending))) {
                throw new OperatorError(
                        file(ending) + " exists and is not overwritten. Move it away or name another --out.");
            }
        }
    }

    private void writeKey(KeyPairAndCertificate key) {
        char[] password = password();
        keyFiles.writeKeyStore(file(".p12"), password, key);
        keyFiles.writePassword(file(".password"), password);
        files.add("  " + file(".p12") + "  its key pair (PKCS#12, alias key)");
        files.add("  " + file(".password") + "  the key store's password");
    }

    private void write(Partner partner, X509Certificate gateway) {
        if (!partner.certificates().isEmpty()) {
            keyFiles.writeCertificate(file(".pem"), partner.certificates().get(0));
            files.add("  " + file(".pem") + "  its certificate");
        }
        writeDeclaration(partner);
        keyFiles.writeCertificate(folder.resolve("gateway.pem"), gateway);
        files.add("  " + folder.resolve("gateway.pem") + "  the gateway's certificate: requests are encrypted to it");
    }

    private void writeDeclaration(Partner partner) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(".yaml"), PartnerFile.write(partner), StandardOpenOption.CREATE_NEW);
            files.add("  " + file(".yaml") + "  the partner as a file, for partner apply");
        } catch (IOException e) {
            throw new OperatorError(file(".yaml") + " cannot be written. Make the folder writable.", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn(
                    "{} belongs to no partner; delete it if it is there ({})",
                    file,
                    e.getClass().getSimpleName());
        }
    }

    private Path file(String ending) {
        return folder.resolve(name + ending);
    }
}
