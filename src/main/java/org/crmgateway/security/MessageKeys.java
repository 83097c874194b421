package org.crmgateway.security;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.x500.X500Principal;
import org.apache.wss4j.common.crypto.CryptoBase;
import org.apache.wss4j.common.crypto.CryptoType;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.ext.WSSecurityException.ErrorCode;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.registry.Registry;
import org.jspecify.annotations.Nullable;

/**
 * The keys WSS4J may use for one request: the gateway's own, as they were when it came, and the registered certificates, nothing
 * else. No authority is trusted: a certificate counts because it is registered.
 */
final class MessageKeys extends CryptoBase {
    private final List<KeyPairAndCertificate> decrypting;
    private final Registry registry;

    MessageKeys(List<KeyPairAndCertificate> decrypting, Registry registry) {
        this.decrypting = decrypting;
        this.registry = registry;
    }

    @Override
    public X509Certificate @Nullable [] getX509Certificates(CryptoType type) throws WSSecurityException {
        if (type.getType() == null) {
            return null;
        }
        return switch (type.getType()) {
            case ISSUER_SERIAL -> find(issuedBy(type.getIssuer(), type.getSerial()));
            case THUMBPRINT_SHA1 -> find(certificate -> Arrays.equals(sha1(certificate), type.getBytes()));
            case SKI_BYTES -> find(certificate -> Arrays.equals(keyIdentifier(certificate), type.getBytes()));
            case ALIAS, SUBJECT_DN, ENDPOINT -> null;
        };
    }

    /**
     * The certificate with exactly these bytes, of those that count. A stranger's is refused without being parsed: parsers of
     * certificates have been attacked with deep nesting and absurd lengths, and two encodings of one certificate are one too many.
     *
     * @throws WSSecurityException when it is none of them
     */
    @Override
    public X509Certificate loadCertificate(InputStream in) throws WSSecurityException {
        byte[] der;
        try {
            der = in.readAllBytes();
        } catch (IOException e) {
            throw new WSSecurityException(ErrorCode.SECURITY_TOKEN_UNAVAILABLE, e);
        }
        Fingerprint wanted = Fingerprint.of(der);
        return Stream.concat(
                        decrypting.stream().map(KeyPairAndCertificate::certificate),
                        registry.withCertificate(wanted).stream().flatMap(partner -> partner.certificates().stream()))
                .filter(certificate -> Fingerprint.of(certificate).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new WSSecurityException(ErrorCode.FAILED_AUTHENTICATION));
    }

    private X509Certificate @Nullable [] find(Predicate<X509Certificate> wanted) {
        return Stream.concat(
                        decrypting.stream().map(KeyPairAndCertificate::certificate), registry.certificates().stream())
                .filter(wanted)
                .findFirst()
                .map(certificate -> new X509Certificate[] {certificate})
                .orElse(null);
    }

    private static Predicate<X509Certificate> issuedBy(String issuer, BigInteger serial) {
        X500Principal name;
        try {
            name = new X500Principal(issuer);
        } catch (IllegalArgumentException e) {
            return certificate -> false;
        }
        return certificate -> certificate.getSerialNumber().equals(serial)
                && certificate.getIssuerX500Principal().equals(name);
    }

    private static byte[] sha1(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a registered certificate can be encoded", e);
        }
    }

    private byte @Nullable [] keyIdentifier(X509Certificate certificate) {
        try {
            return getSKIBytesFromCert(certificate);
        } catch (WSSecurityException e) {
            return null;
        }
    }

    /** Nobody has a name here. */
    @Override
    public @Nullable String getX509Identifier(X509Certificate certificate) {
        return null;
    }

    @Override
    public PrivateKey getPrivateKey(X509Certificate certificate, CallbackHandler callbackHandler)
            throws WSSecurityException {
        return key(key -> key.certificate().equals(certificate));
    }

    @Override
    public PrivateKey getPrivateKey(PublicKey publicKey, CallbackHandler callbackHandler) throws WSSecurityException {
        return key(key -> key.certificate().getPublicKey().equals(publicKey));
    }

    @Override
    public PrivateKey getPrivateKey(String identifier, String password) throws WSSecurityException {
        throw new WSSecurityException(ErrorCode.FAILED_CHECK);
    }

    private PrivateKey key(Predicate<KeyPairAndCertificate> wanted) throws WSSecurityException {
        Optional<KeyPairAndCertificate> found =
                decrypting.stream().filter(wanted).findFirst();
        if (found.isEmpty()) {
            throw new WSSecurityException(ErrorCode.FAILED_CHECK);
        }
        return found.get().key();
    }

    @Override
    public void verifyTrust(
            X509Certificate[] certificates,
            boolean enableRevocation,
            Collection<Pattern> subjectConstraints,
            Collection<Pattern> issuerConstraints)
            throws WSSecurityException {
        if (certificates.length != 1
                || registry.withCertificate(Fingerprint.of(certificates[0])).isEmpty()) {
            throw new WSSecurityException(ErrorCode.FAILED_AUTHENTICATION);
        }
    }

    /** A bare key names nobody. */
    @Override
    public void verifyTrust(PublicKey publicKey) throws WSSecurityException {
        throw new WSSecurityException(ErrorCode.FAILED_AUTHENTICATION);
    }
}
