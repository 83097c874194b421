package org.crmgateway.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The defaults, on free ports, with times of this test's choice. */
record TestWebConfig(int port, Duration idleTimeout, Duration requestDeadline) implements WebConfig {
    static final int MESSAGE_SIZE = 4 << 20;

    static TestWebConfig usual() {
        return new TestWebConfig(0, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    static TestWebConfig impatient(Duration deadline) {
        return new TestWebConfig(0, Duration.ofSeconds(30), deadline);
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public Optional<URI> publicUrl() {
        return Optional.of(URI.create("https://crm.example.com/erp"));
    }

    @Override
    public TlsConfig tls() {
        return new TestTls(ClientCertificates.NONE);
    }

    @Override
    public int maxConnections() {
        return 100;
    }

    @Override
    public int connectionsPerSource() {
        return 50;
    }

    @Override
    public int connectionRatePerSource() {
        return 1_000;
    }

    @Override
    public int refusalsPerMinute() {
        return 20;
    }

    @Override
    public Optional<List<String>> trustedProxies() {
        return Optional.empty();
    }

    @Override
    public int threads() {
        return 4;
    }

    @Override
    public Duration stopNotice() {
        return Duration.ZERO;
    }

    @Override
    public long messageSize() {
        return MESSAGE_SIZE;
    }

    @Override
    public Optional<Long> messageMemory() {
        return Optional.of(2L * MESSAGE_SIZE);
    }

    @Override
    public String adminHost() {
        return "127.0.0.1";
    }

    @Override
    public int adminPort() {
        return port;
    }
}
