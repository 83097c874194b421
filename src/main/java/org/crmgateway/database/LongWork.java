package org.crmgateway.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A database as it is opened for one long task, beside those who serve calls: few connections, and statements that may take
 * their time.
 */
public record LongWork(String url, DatabaseConfig given) implements DatabaseConfig {
    /** On the same database. */
    public static DatabaseConfig on(DatabaseConfig given) {
        return new LongWork(given.url(), given);
    }

    @Override
    public String user() {
        return given.user();
    }

    @Override
    public Optional<Path> passwordFile() {
        return given.passwordFile();
    }

    @Override
    public int poolSize() {
        return 2;
    }

    @Override
    public Duration connectionTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration lockTimeout() {
        return given.lockTimeout();
    }

    @Override
    public Duration statementTimeout() {
        return Duration.ofHours(12);
    }
}
