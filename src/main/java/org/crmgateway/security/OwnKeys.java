package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.crmgateway.failure.OperatorError;

/**
 * The gateway's keys for messages, at one reading of its key store. What a key is for, its certificate's key usage says
 * (RFC 5280, section 4.2.1.3): {@code digitalSignature} signs, {@code keyEncipherment} decrypts; one with both, or without key
 * usage, does both.
 *
 * @param all those that have ended or not begun, too; at least one that signs and one that decrypts
 */
public record OwnKeys(List<KeyPairAndCertificate> all) {
    /** That which began last; of two that began at once the one that ends last. */
    private static final Comparator<KeyPairAndCertificate> NEWEST = Comparator.comparing(
                    (KeyPairAndCertificate key) -> key.certificate().getNotBefore())
            .thenComparing(key -> key.certificate().getNotAfter())
            .thenComparing(key -> key.certificate().getSerialNumber());

    public OwnKeys {
        all = List.copyOf(all);
        if (all.stream().noneMatch(OwnKeys::signs) || all.stream().noneMatch(OwnKeys::decrypts)) {
            throw new IllegalArgumentException("the gateway needs a key that signs and one that decrypts");
        }
    }

    /**
     * The key that signs: of those valid now, the one whose certificate became valid last. So a key that is to take over later
     * has a certificate that begins later.
     */
    public KeyPairAndCertificate signer(Instant now) {
        return newest(OwnKeys::signs, now);
    }

    /** The key that partners are to encrypt to, by the same rule. */
    public KeyPairAndCertificate recipient(Instant now) {
        return newest(OwnKeys::decrypts, now);
    }

    /** When nothing is valid any more, what was last: checkpoints of the audit trail go on. */
    private KeyPairAndCertificate newest(Predicate<KeyPairAndCertificate> use, Instant now) {
        return all.stream()
                .filter(use)
                .filter(key -> Validity.of(key.certificate()).holds(now))
                .max(NEWEST)
                .or(() -> all.stream()
                        .filter(use)
                        .filter(key -> Validity.of(key.certificate()).begun(now))
                        .max(NEWEST))
                .or(() -> all.stream().filter(use).max(NEWEST))
                .orElseThrow();
    }

    /** The key that takes over signing next, if one is in the store. */
    public Optional<KeyPairAndCertificate> nextSigner(Instant now) {
        return all.stream()
                .filter(OwnKeys::signs)
                .filter(key -> !Validity.of(key.certificate()).begun(now))
                .min(NEWEST);
    }

    /** Keys whose certificate has not ended. One that has not begun decrypts, too: a partner may have been quick. */
    List<KeyPairAndCertificate> decrypting(Instant now) {
        return all.stream()
                .filter(OwnKeys::decrypts)
                .filter(key -> !Validity.of(key.certificate()).ended(now))
                .toList();
    }

    /** Whether messages to this certificate will not be read much longer: the key that partners are to use is another. */
    boolean replaced(X509Certificate certificate, Instant now) {
        X509Certificate current = recipient(now).certificate();
        return !current.equals(certificate) && certificate.getNotBefore().compareTo(current.getNotBefore()) <= 0;
    }

    /**
     * Checks that TLS has a key of its own: one that is on the port, or in a proxy, is not to sign orders or to read them.
     *
     * @throws OperatorError when a key here is that of {@code tls}
     */
    public void requireApartFrom(X509Certificate tls) {
        all.stream()
                .filter(key -> key.certificate().getPublicKey().equals(tls.getPublicKey()))
                .findFirst()
                .ifPresent(key -> {
                    throw new OperatorError("The key of TLS is also one for messages (" + key
                            + "). Give TLS one of its own: ./crm-gateway tls-key makes it.");
                });
    }

    static boolean signs(KeyPairAndCertificate key) {
        return KeyPurpose.of(key.certificate()).contains(KeyPurpose.SIGNING);
    }

    static boolean decrypts(KeyPairAndCertificate key) {
        return KeyPurpose.of(key.certificate()).contains(KeyPurpose.DECRYPTION);
    }
}
