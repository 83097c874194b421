package org.crmgateway.security;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;

/** A private key with the certificate of its public half. Never logged: {@link #toString} names the subject only. */
public record KeyPairAndCertificate(PrivateKey key, X509Certificate certificate) {
    /**
     * The one that signs: whose certificate became valid last. The others still decrypt.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static KeyPairAndCertificate signer(List<KeyPairAndCertificate> own) {
        return own.stream()
                .max(Comparator.comparing(key -> key.certificate().getNotBefore()))
                .orElseThrow(() -> new IllegalArgumentException("the gateway needs a key"));
    }

    @Override
    public String toString() {
        return "key of " + certificate.getSubjectX500Principal();
    }
}
