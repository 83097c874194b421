package org.crmgateway.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a certificate must be to sign requests, besides registered (RFC 5280, sections 4.1.2.5, 4.2.1.3 and 4.2.1.12). */
final class SignerRules {
    /** Bits of the key usage. */
    static final int DIGITAL_SIGNATURE = 0;

    static final int NON_REPUDIATION = 1;
    static final int KEY_ENCIPHERMENT = 2;
    /** For TLS servers and clients, code, time stamps, OCSP: a key for one of these alone is not for messages. */
    private static final Set<String> OTHER_PURPOSES =
            Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9");

    private SignerRules() {}

    /**
     * @throws Refusal when it is not valid at {@code now}, its key has another purpose, is too short or too long, or has an
     *     exponent below 65537 (FIPS 186-5, section 5.1; 1 would let anyone sign)
     */
    static void require(X509Certificate certificate, Instant now) {
        if (!Validity.of(certificate).holds(now)) {
            throw Refusal.security("sec.cert.validity");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (!mayHold(usage, DIGITAL_SIGNATURE) && !mayHold(usage, NON_REPUDIATION)) {
            throw Refusal.security("sec.cert.usage");
        }
        List<String> purposes = purposes(certificate);
        if (!purposes.isEmpty() && OTHER_PURPOSES.containsAll(purposes)) {
            throw Refusal.security("sec.cert.usage");
        }
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)
                || key.getModulus().bitLength() < Algorithms.MIN_RSA_BITS
                || key.getModulus().bitLength() > Algorithms.MAX_RSA_BITS) {
            throw Refusal.security("sec.cert.size");
        }
        if (key.getPublicExponent().compareTo(RSAKeyGenParameterSpec.F4) < 0) {
            throw Refusal.security("sec.cert.exponent");
        }
    }

    /** Whether a key may be used so; without a key usage for everything. */
    static boolean mayHold(boolean @Nullable [] usage, int bit) {
        return usage == null || usage[bit];
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            throw Refusal.security("sec.cert.bad");
        }
    }
}
