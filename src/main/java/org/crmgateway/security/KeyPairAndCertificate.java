package org.crmgateway.security;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A private key with the certificate of its public half. Never logged: {@link #toString} names the subject only. */
public record KeyPairAndCertificate(PrivateKey key, X509Certificate certificate) {
    @Override
    public String toString() {
        return "key of " + certificate.getSubjectX500Principal();
    }
}
