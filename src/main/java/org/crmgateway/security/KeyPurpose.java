package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Set;

/** What a key for messages is for, as its certificate's key usage says (RFC 5280, section 4.2.1.3). */
public enum KeyPurpose {
    /** {@code digitalSignature}. */
    SIGNING,
    /** {@code keyEncipherment}: others encrypt to it. */
    DECRYPTION;

    /** Both for a certificate without key usage. */
    public static Set<KeyPurpose> of(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        Set<KeyPurpose> purposes = EnumSet.noneOf(KeyPurpose.class);
        if (SignerRules.mayHold(usage, SignerRules.DIGITAL_SIGNATURE)
                || SignerRules.mayHold(usage, SignerRules.NON_REPUDIATION)) {
            purposes.add(SIGNING);
        }
        if (SignerRules.mayHold(usage, SignerRules.KEY_ENCIPHERMENT)) {
            purposes.add(DECRYPTION);
        }
        return purposes;
    }
}
