package org.crmgateway.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The default settings, with {@code erp} as the sandbox's partner. */
public record TestSecurity(Sandbox sandbox) implements SecurityConfig {
    @Override
    public Path keyStore() {
        return Path.of("unused");
    }

    @Override
    public Path keyStorePasswordFile() {
        return Path.of("unused");
    }

    @Override
    public Path passwordKey() {
        return Path.of("unused");
    }

    @Override
    public Optional<String> sandboxPartner() {
        return Optional.of("erp");
    }

    @Override
    public Duration timestampAge() {
        return Duration.ofSeconds(300);
    }

    @Override
    public Duration timestampAhead() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Duration reloadInterval() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Optional<Path> crls() {
        return Optional.empty();
    }

    @Override
    public Duration crlGrace() {
        return Duration.ofHours(24);
    }

    @Override
    public boolean nativeCrypto() {
        return true;
    }

    @Override
    public long explainMemory() {
        return 1 << 20;
    }
}
