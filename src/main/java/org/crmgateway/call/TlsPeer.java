package org.crmgateway.call;

import java.security.cert.X509Certificate;
import org.crmgateway.partner.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * That a message came through TLS of ours, and from whom. Absent where it did not.
 *
 * @param certificate of the client, when it sent one
 */
public record TlsPeer(@Nullable Fingerprint certificate) {
    /** The attribute of an HTTP request that holds it. */
    public static final String ATTRIBUTE = TlsPeer.class.getName();

    /** @param chain what the client sent, its own certificate first; null when nothing */
    public static TlsPeer of(X509Certificate @Nullable [] chain) {
        return new TlsPeer(chain == null || chain.length == 0 ? null : Fingerprint.of(chain[0]));
    }
}
