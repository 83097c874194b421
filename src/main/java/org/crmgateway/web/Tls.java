package org.crmgateway.web;

import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.crmgateway.failure.OperatorError;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * How connections with TLS are made (RFC 8446, RFC 5246; the choice follows RFC 9325): two versions, suites with forward
 * secrecy and authenticated encryption only, no renegotiation. What name the client asked for does not matter: there is
 * one certificate, and checking its name is the client's part.
 */
final class Tls {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    private static final Set<String> SUITES = Set.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final SslContextFactory.Server factory = new SslContextFactory.Server();

    private Tls(SSLContext key, TlsConfig config) {
        factory.setSslContext(key);
        factory.setIncludeProtocols(config.protocols().toArray(String[]::new));
        factory.setExcludeCipherSuites();
        factory.setIncludeCipherSuites(config.cipherSuites().toArray(String[]::new));
        factory.setUseCipherSuitesOrder(true);
        factory.setRenegotiationAllowed(false);
        factory.setSniRequired(false);
        factory.setEndpointIdentificationAlgorithm(null);
        switch (config.clientCertificates()) {
            case NONE -> {}
            case OPTIONAL -> factory.setWantClientAuth(true);
            case REQUIRED -> factory.setNeedClientAuth(true);
        }
    }

    /**
     * Checks the settings.
     *
     * @param key the TLS key, and who decides about client certificates
     * @throws OperatorError when a protocol or a suite is none of ours
     */
    static Tls of(SSLContext key, TlsConfig config) {
        require("web.tls.protocols", config.protocols(), PROTOCOLS);
        require("web.tls.cipher-suites", config.cipherSuites(), SUITES);
        return new Tls(key, config);
    }

    private static void require(String key, List<String> values, Set<String> known) {
        for (String value : values) {
            if (!known.contains(value)) {
                throw new OperatorError(key + ": " + value + " is not offered. Choose of "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    SslConnectionFactory connections(HttpConfiguration http) {
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        secure.setSniHostCheck(false);
        http.addCustomizer(secure);
        return new SslConnectionFactory(factory, "http/1.1");
    }

    /** Connections that begin from now on are made with this key; those that stand go on. */
    void replace(SSLContext key) {
        try {
            factory.reload(same -> same.setSslContext(key));
        } catch (Exception e) {
            throw new IllegalStateException("Jetty takes every context it took before", e);
        }
    }
}
