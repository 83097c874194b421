package org.crmgateway.demo;

import static org.apache.wss4j.common.WSS4JConstants.AES_256;
import static org.apache.wss4j.common.WSS4JConstants.AES_256_GCM;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.crmgateway.partner.Dialect;

/**
 * How a dialect protects a message's content; everything else is equal in the X.509 dialects.
 *
 * @param contentCipher the algorithm's identifier (XML Encryption 1.1, section 5.1)
 */
record Protection(String contentCipher) {
    /** WSS4J asks for a password even where the key needs none. */
    static final CallbackHandler NO_PASSWORD = callbacks -> {
        for (Callback callback : callbacks) {
            if (callback instanceof WSPasswordCallback password) {
                password.setPassword("");
            }
        }
    };

    static Protection of(Dialect dialect) {
        return switch (dialect) {
            case MODERN -> new Protection(AES_256_GCM);
            case COMPATIBLE -> new Protection(AES_256);
            case USERNAME_TLS, LEGACY_2005, SANDBOX ->
                throw new IllegalArgumentException("the demo does not secure messages for " + dialect.label());
        };
    }
}
