package org.crmgateway.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.crmgateway.call.Digest;
import org.crmgateway.config.PartnerFile;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Legacy;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.Protection;
import org.crmgateway.partner.StoredPassword;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.PasswordHash;
import org.crmgateway.security.PasswordVault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new partner with the files its ERP team needs: key store, password, certificates. */
final class PartnerKit {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerKit.class);
    private static final int PASSWORD_BYTES = 18;
    private static final List<String> ENDINGS = List.of(".p12", ".password", ".user-password", ".pem", ".yaml");

    private final Administration parts;
    private final Path folder;
    private final String name;
    private final String stem;
    private final KeyFiles keyFiles;
    private final List<String> files = new ArrayList<>();

    PartnerKit(Administration parts, Path folder, String name) {
        this(parts, folder, name, name);
    }

    private PartnerKit(Administration parts, Path folder, String name, String stem) {
        this.parts = parts;
        this.folder = folder;
        this.name = name;
        this.stem = stem;
        this.keyFiles = new KeyFiles(parts.clock());
    }

    /** For a partner that has files already: the new ones have the day in their names. */
    static PartnerKit renewing(Administration parts, Path folder, String name) {
        LocalDate today = LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC);
        return new PartnerKit(parts, folder, name, name + "-" + today);
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
     * @param digest whether it will send a digest of its password, in the dialect with one
     * @param legacy the terms of {@code legacy-2005}, for a partner of that dialect
     * @throws OperatorError when the partner or one of its files exists, or a file cannot be written
     */
    void add(
            String tenant,
            Set<Dialect> dialects,
            Optional<Path> certificate,
            Duration validity,
            boolean digest,
            @Nullable Legacy legacy) {
        if (parts.registry().named(name).isPresent()) {
            throw new OperatorError("The partner " + name
                    + " exists. Change it by ./crm-gateway partner export and partner apply, or choose another name.");
        }
        refuseExistingFiles();
        char[] password = dialects.contains(Dialect.USERNAME_TLS) ? password() : null;
        if (password != null) {
            requireTls(parts.settings());
        }
        OwnKeys gateway = parts.gatewayKeys();
        List<X509Certificate> own = certificate.map(keyFiles::readCertificates).orElse(List.of());
        Optional<KeyPairAndCertificate> made =
                own.isEmpty() && dialects.stream().anyMatch(Dialect::signed)
                        ? Optional.of(new KeyMaker(parts.clock()).make(name, validity))
                        : Optional.empty();
        Partner partner = partner(
                tenant,
                new Protection(
                        dialects,
                        made.map(KeyPairAndCertificate::certificate)
                                .map(List::of)
                                .orElse(own),
                        Set.of(),
                        password == null ? null : stored(parts.settings(), name, password, digest),
                        legacy,
                        false,
                        false));
        register(partner, made, password, partner.certificates(), gateway);
    }

    /**
     * Adds a certificate beside those the partner has, so that it can change over when it likes; its files are as those of
     * {@link #add}.
     *
     * @param certificate the partner's own; without it a key pair is made
     * @throws OperatorError when the partner has no dialect with signatures, or has the certificate already
     */
    void renew(Partner partner, Optional<Path> certificate, Duration validity) {
        if (partner.dialects().stream().noneMatch(Dialect::signed)) {
            throw new OperatorError(
                    "The partner " + name + " has no dialect with signatures, and needs no certificate.");
        }
        refuseExistingFiles();
        OwnKeys gateway = parts.gatewayKeys();
        Optional<KeyPairAndCertificate> made = certificate.isPresent()
                ? Optional.empty()
                : Optional.of(new KeyMaker(parts.clock()).make(name, validity));
        List<X509Certificate> added = certificate
                .map(keyFiles::readCertificates)
                .or(() -> made.map(KeyPairAndCertificate::certificate).map(List::of))
                .orElseThrow();
        List<X509Certificate> before = partner.certificates();
        if (before.containsAll(added)) {
            throw new OperatorError("The partner " + name + " has this certificate already.");
        }
        List<X509Certificate> all =
                Stream.concat(before.stream(), added.stream()).distinct().toList();
        register(partner.with(all), made, null, added, gateway);
    }

    private void register(
            Partner partner,
            Optional<KeyPairAndCertificate> made,
            char @Nullable [] password,
            List<X509Certificate> certificates,
            OwnKeys gateway) {
        try {
            made.ifPresent(this::writeKey);
            if (password != null) {
                writeUserPassword(password);
            }
            write(partner, certificates, gateway);
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

    /** In clear a password would be everyone's. */
    static void requireTls(Settings settings) {
        if (settings.web().tls().keyStore().isEmpty()) {
            throw new OperatorError(
                    "username-tls needs TLS: set web.tls.key-store first (./crm-gateway tls-key makes a key).");
        }
    }

    /** The form to keep of a password. */
    static StoredPassword stored(Settings settings, String name, char[] password, boolean digest) {
        SecureRandom random = new SecureRandom();
        return digest
                ? new PasswordVault(settings.security().passwordKey()).seal(name, password, random)
                : PasswordHash.of(password, random);
    }

    /** Makes another password of the same kind for the partner, and writes it. */
    void renewPassword(Partner partner) {
        StoredPassword before = partner.protection().password();
        if (before == null) {
            throw new OperatorError("Partner " + name + " has no password; it does not use username-tls.");
        }
        Path file = file(".user-password");
        char[] password = password();
        StoredPassword after = stored(parts.settings(), name, password, before.forDigest());
        writeUserPassword(password);
        try {
            parts.registry()
                    .replace(contents(List.of(partner.with(partner.protection().with(after)))));
        } catch (RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    private void writeUserPassword(char[] password) {
        keyFiles.writePassword(file(".user-password"), password);
        files.add("  " + file(".user-password") + "  its password for username-tls; the user is " + name);
    }

    private Partner partner(String tenant, Protection protection) {
        try {
            return new Partner(name, tenant, EnumSet.allOf(Operation.class), protection);
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

    private void write(Partner partner, List<X509Certificate> certificates, OwnKeys gateway) {
        if (!certificates.isEmpty()) {
            keyFiles.writeCertificate(file(".pem"), certificates.get(0));
            files.add("  " + file(".pem") + "  its certificate");
        }
        writeDeclaration(partner);
        files.addAll(new GatewayCertificates(folder, keyFiles)
                .write(gateway, parts.clock().instant()));
    }

    private void writeDeclaration(Partner partner) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(".yaml"), PartnerFile.write(partner), StandardOpenOption.CREATE_NEW);
            if (partner.protection().password() != null) {
                Files.setPosixFilePermissions(file(".yaml"), PosixFilePermissions.fromString("rw-------"));
            }
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
        return folder.resolve(stem + ending);
    }
}
