package org.crmgateway.demo;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.crmgateway.contract.SoapVersion;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;
import org.jspecify.annotations.Nullable;

/**
 * What an ERP team holds in its hands: where the gateway is, and the keys of both sides.
 *
 * @param services base of all service addresses, e.g. {@code http://127.0.0.1:8080/services}
 * @param dialect how messages are secured
 * @param partner the ERP's own key; null in a dialect without security
 * @param gateway the gateway's certificate, to encrypt to; null in a dialect without security
 * @param answers the gateway's certificate that answers are signed with, often the same
 */
public record DemoTarget(
        URI services,
        Dialect dialect,
        @Nullable KeyPairAndCertificate partner,
        @Nullable X509Certificate gateway,
        @Nullable X509Certificate answers) {
    public DemoTarget {
        if (dialect.secured() && (partner == null || gateway == null || answers == null)) {
            throw new IllegalArgumentException(
                    dialect.label() + " needs the partner's key and the gateway's certificate");
        }
    }

    /** A gateway with one key for everything. */
    public DemoTarget(
            URI services, Dialect dialect, @Nullable KeyPairAndCertificate partner, @Nullable X509Certificate gateway) {
        this(services, dialect, partner, gateway, gateway);
    }

    /** The same gateway and keys by another way, e.g. through a relay. */
    public DemoTarget at(URI elsewhere) {
        return new DemoTarget(elsewhere, dialect, partner, gateway, answers);
    }

    /** The endpoint of {@code area} ({@code customer} or {@code order}). */
    URI endpoint(String area, SoapVersion version) {
        String base = services.toString().replaceFirst("/services/?$", "");
        return URI.create(base + version.path(area, dialect.label()));
    }

    KeyPairAndCertificate partnerKey() {
        return Objects.requireNonNull(partner, "this dialect has no keys");
    }

    X509Certificate answersCertificate() {
        return Objects.requireNonNull(answers, "this dialect has no keys");
    }

    X509Certificate gatewayCertificate() {
        return Objects.requireNonNull(gateway, "this dialect has no keys");
    }
}
