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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.crmgateway.call.Digest;
import org.crmgateway.config.PartnerFile;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;

/** A new partner with the files its ERP team needs: key store, password, certificates. */
final class PartnerKit {
    private static final int PASSWORD_BYTES = 18;

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

    /** What tells one declaration from another: a digest of the partner as a file on its own. */
    static Digest content(Partner partner) {
        return Digest.of(PartnerFile.write(partner).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Registers the partner with all rights, and writes its files.
     *
     * @param certificate the partner's own; without it a key pair is made when a dialect needs one
     * @param validity of a key pair made here
     * @throws OperatorError when the partner or one of its files exists, before anything is done
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
        parts.registry().replace(partner, content(partner));
        made.ifPresent(this::writeKey);
        if (!partner.certificates().isEmpty()) {
            keyFiles.writeCertificate(file(".pem"), partner.certificates().get(0));
            files.add("  " + file(".pem") + "  its certificate");
        }
        writeDeclaration(partner);
        keyFiles.writeCertificate(folder.resolve("gateway.pem"), gateway);
        files.add("  " + folder.resolve("gateway.pem") + "  the gateway's certificate: requests are encrypted to it");
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
                    Partner.State.ACTIVE);
        } catch (IllegalArgumentException e) {
            throw new OperatorError(name + ": " + e.getMessage() + ".", e);
        }
    }

    private void refuseExistingFiles() {
        for (String ending : List.of(".p12", ".password", ".pem", ".yaml")) {
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

    private void writeDeclaration(Partner partner) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(".yaml"), PartnerFile.write(partner), StandardOpenOption.CREATE_NEW);
            files.add("  " + file(".yaml") + "  the partner as a file, for partner apply");
        } catch (IOException e) {
            throw new OperatorError(file(".yaml") + " cannot be written. Make the folder writable.", e);
        }
    }

    private Path file(String ending) {
        return folder.resolve(name + ending);
    }
}
