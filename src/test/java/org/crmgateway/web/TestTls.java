package org.crmgateway.web;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** TLS at its defaults, on a free port. */
record TestTls(ClientCertificates clientCertificates) implements TlsConfig {
    @Override
    public Optional<Path> keyStore() {
        return Optional.empty();
    }

    @Override
    public Path keyStorePasswordFile() {
        return Path.of("unused");
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public boolean only() {
        return false;
    }

    @Override
    public List<String> protocols() {
        return List.of("TLSv1.3", "TLSv1.2");
    }

    @Override
    public List<String> cipherSuites() {
        return List.of("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    }
}
