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
 *
 * @param keys the TLS key, and who decides about client certificates
 */
record Tls(SSLContext keys, TlsConfig config) {
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

    /**
     * Checks the settings.
     *
     * @throws OperatorError when a protocol or a suite is none of ours
     */
    static Tls of(SSLContext keys, TlsConfig config) {
        require("web.tls.protocols", config.protocols(), PROTOCOLS);
        require("web.tls.cipher-suites", config.cipherSuites(), SUITES);
        return new Tls(keys, config);
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
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(keys);
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
        return new SslConnectionFactory(factory, "http/1.1");
    }
}
