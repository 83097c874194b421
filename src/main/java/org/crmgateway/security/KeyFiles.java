package org.crmgateway.security;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Fingerprint;

/**
 * Key stores (PKCS#12, RFC 7292), their passwords, and certificates (PEM, RFC 7468) as files. Every file written is
 * complete or absent. Each method throws an {@link OperatorError} that names the file and what to do.
 */
public final class KeyFiles {
    private static final String PRIVATE = "rw-------";
    private static final String PUBLIC = "rw-r--r--";

    private final Clock clock;

    public KeyFiles(Clock clock) {
        this.clock = clock;
    }

    /** Writes a key store with one entry, readable by its owner only. */
    public void writeKeyStore(Path file, char[] password, KeyPairAndCertificate key) {
        requireAscii(file, password);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("key", key.key(), password, new Certificate[] {key.certificate()});
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            write(file, bytes.toByteArray(), PRIVATE);
        } catch (GeneralSecurityException | IOException e) {
            throw new OperatorError("The key store " + file + " cannot be written: " + reason(e), e);
        }
    }

    /** Puts a key beside those that are there; the file is replaced at once. */
    public void addKey(Path file, char[] password, KeyPairAndCertificate key) {
        String alias = "key-" + Fingerprint.of(key.certificate()).abbreviated();
        change(
                file,
                password,
                store -> store.setKeyEntry(alias, key.key(), password, new Certificate[] {key.certificate()}));
    }

    /**
     * Takes a key out.
     *
     * @throws OperatorError also when the gateway could not go on without it
     */
    public void removeKey(Path file, char[] password, X509Certificate certificate) {
        Instant now = clock.instant();
        List<KeyPairAndCertificate> left = readAll(file, password).stream()
                .filter(key -> !key.certificate().equals(certificate)
                        && Validity.of(key.certificate()).holds(now))
                .toList();
        requireUse(file, left.stream().anyMatch(OwnKeys::signs), "would sign then", "digitalSignature");
        requireUse(file, left.stream().anyMatch(OwnKeys::decrypts), "would decrypt then", "keyEncipherment");
        change(file, password, store -> store.deleteEntry(store.getCertificateAlias(certificate)));
    }

    /** What becomes of an opened key store. */
    private interface Change {
        void of(KeyStore store) throws GeneralSecurityException;
    }

    private static void change(Path file, char[] password, Change change) {
        readAll(file, password);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(read("key store", file)), password);
            change.of(store);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            write(file, bytes.toByteArray(), PRIVATE);
        } catch (GeneralSecurityException | IOException e) {
            throw new OperatorError("The key store " + file + " cannot be written: " + reason(e), e);
        }
    }

    /**
     * All keys of a key store that are valid now; at least one. A key store holds two while a key is being replaced.
     *
     * @throws OperatorError also when the password is wrong, or no key is valid now
     */
    public List<KeyPairAndCertificate> readKeyStore(Path file, char[] password) {
        List<KeyPairAndCertificate> keys = readAll(file, password);
        Instant now = clock.instant();
        List<KeyPairAndCertificate> valid = keys.stream()
                .filter(key -> Validity.of(key.certificate()).holds(now))
                .toList();
        if (valid.isEmpty()) {
            Validity first = Validity.of(keys.get(0).certificate());
            throw new OperatorError(
                    "No certificate in the key store " + file + " is valid now (the first is valid from "
                            + first.from() + " to " + first.until()
                            + "). Put a new key into it, and check the clock of this machine.");
        }
        return valid;
    }

    /**
     * The gateway's keys for messages.
     *
     * @throws OperatorError also when none of those valid now signs, or none decrypts, or one is not RSA of 2048 to 4096 bits
     */
    public OwnKeys readOwnKeys(Path file, char[] password) {
        List<KeyPairAndCertificate> valid = readKeyStore(file, password);
        requireUse(file, valid.stream().anyMatch(OwnKeys::signs), "signs", "digitalSignature");
        requireUse(file, valid.stream().anyMatch(OwnKeys::decrypts), "decrypts", "keyEncipherment");
        List<KeyPairAndCertificate> all = readAll(file, password);
        all.forEach(key -> requirePair(file, key));
        return new OwnKeys(all);
    }

    private static void requireUse(Path file, boolean present, String what, String usage) {
        if (!present) {
            throw new OperatorError("No key in the key store " + file + " that is valid now " + what
                    + ". Put one into it whose certificate has the key usage " + usage + ".");
        }
    }

    private static void requirePair(Path file, KeyPairAndCertificate key) {
        if (!(key.key() instanceof RSAPrivateKey secret)
                || !(key.certificate().getPublicKey() instanceof RSAPublicKey open)
                || !secret.getModulus().equals(open.getModulus())
                || open.getModulus().bitLength() < Algorithms.MIN_RSA_BITS
                || open.getModulus().bitLength() > Algorithms.MAX_RSA_BITS) {
            throw new OperatorError("The " + key + " in the key store " + file
                    + " is not an RSA key of 2048 to 4096 bits with its own certificate. Make another one.");
        }
    }

    private static List<KeyPairAndCertificate> readAll(Path file, char[] password) {
        requireAscii(file, password);
        byte[] bytes = read("key store", file);
        List<KeyPairAndCertificate> keys = new ArrayList<>();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.getKey(alias, password);
                if (key instanceof PrivateKey secret
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    keys.add(new KeyPairAndCertificate(secret, certificate));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            boolean wrong = e.getCause() instanceof UnrecoverableKeyException || e instanceof UnrecoverableKeyException;
            String what = wrong
                    ? "cannot be opened with this password. Put the right one into the password file."
                    : "is not a readable PKCS#12 file. Restore it from a backup or make a new one.";
            throw new OperatorError("The key store " + file + " " + what, e);
        }
        if (keys.isEmpty()) {
            throw new OperatorError("The key store " + file
                    + " holds no private key with a certificate. Import the key, not only the certificate.");
        }
        return keys;
    }

    public void writeCertificate(Path file, X509Certificate certificate) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            String pem = "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
            write(file, pem.getBytes(StandardCharsets.US_ASCII), PUBLIC);
        } catch (GeneralSecurityException | IOException e) {
            throw new OperatorError("The certificate " + file + " cannot be written: " + reason(e), e);
        }
    }

    /** The certificates in a PEM or DER file, in its order; at least one. Their validity is not looked at. */
    public List<X509Certificate> readCertificates(Path file) {
        byte[] bytes = read("certificate", file);
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            throw new OperatorError(notACertificate(file), e);
        }
        throw new OperatorError(notACertificate(file));
    }

    /** Writes a password, readable by its owner only. */
    public void writePassword(Path file, char[] password) {
        try {
            write(file, (new String(password) + "\n").getBytes(StandardCharsets.UTF_8), PRIVATE);
        } catch (IOException e) {
            throw new OperatorError("The password file " + file + " cannot be written: " + reason(e), e);
        }
    }

    /** Writes a secret text, readable by its owner only. */
    static void writeSecret(Path file, char[] secret) {
        try {
            write(file, (new String(secret) + "\n").getBytes(StandardCharsets.UTF_8), PRIVATE);
        } catch (IOException e) {
            throw new OperatorError("The file " + file + " cannot be written: " + reason(e), e);
        }
    }

    /** The JDK takes no other passwords, and says so badly. */
    private static void requireAscii(Path file, char[] password) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(CharBuffer.wrap(password))) {
            throw new OperatorError(
                    "The password of the key store " + file + " may only have ASCII characters. Choose another one.");
        }
    }

    private static byte[] read(String what, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new OperatorError("The " + what + " " + file + " does not exist. Make it or correct its path.", e);
        } catch (IOException e) {
            throw new OperatorError("The " + what + " " + file + " cannot be read: " + reason(e), e);
        }
    }

    private static void write(Path file, byte[] bytes, String permissions) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path half = Files.createTempFile(
                folder,
                "." + file.getFileName(),
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
        try {
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(bytes));
                channel.force(true);
            }
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString(permissions));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private static String notACertificate(Path file) {
        return "The certificate " + file + " is neither PEM nor DER of an X.509 certificate. Export it again.";
    }

    private static String reason(Exception e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : e.getClass().getSimpleName();
    }
}
