package org.crmgateway.web;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** TLS on a port of its own. */
public interface TlsConfig {
    /**
     * PKCS#12 file with the TLS key and its certificates; {@code ./crm-gateway tls-key} makes one. Without it there is no TLS
     * port, and no {@code username-tls}. Never a key of {@code security.key-store}.
     */
    Optional<Path> keyStore();

    /** A file that holds the key store's password; its last line end does not count. */
    @WithDefault("${data-folder}/keys/tls.password")
    Path keyStorePasswordFile();

    /** Port for TLS; 0 takes a free one. */
    @WithDefault("8443")
    int port();

    /** Whether there is TLS only: {@code web.port} is not opened then. Needs a key store. */
    @WithDefault("false")
    boolean only();

    /** Of {@code TLSv1.3} and {@code TLSv1.2}. */
    @WithDefault("TLSv1.3,TLSv1.2")
    List<String> protocols();

    /** In the order they are preferred; of those that follow, no others: forward secrecy and authenticated encryption only. */
    @WithDefault("TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256,TLS_CHACHA20_POLY1305_SHA256,"
            + "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"
            + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
    List<String> cipherSuites();

    /**
     * Whether connections need a client certificate: {@code none}, {@code optional} or {@code required}. One that is sent must
     * be the {@code tls-certificates} of a partner; no authority is trusted.
     */
    @WithDefault("none")
    ClientCertificates clientCertificates();
}
