package org.crmgateway.registry;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;

/** The partners as the database knows them. */
public final class Registry {
    /** The partner that signs with this certificate, whatever its state. */
    public Optional<Partner> withCertificate(Fingerprint fingerprint) {
        return Optional.empty();
    }

    public Optional<Partner> named(String name) {
        return Optional.empty();
    }

    /** Every registered certificate of a partner that may call. */
    public List<X509Certificate> certificates() {
        return List.of();
    }
}
