package org.crmgateway.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where records are kept. */
@ConfigMapping(prefix = "database")
public interface DatabaseConfig {
    /** JDBC address; {@code jdbc:h2:file:…} or {@code jdbc:postgresql://…}. */
    @WithDefault("jdbc:h2:file:${data-folder}/database/crm")
    String url();

    @WithDefault("crm")
    String user();

    /** A file that holds the password; its last line end does not count. */
    Optional<Path> passwordFile();

    /** Connections at most. */
    @WithDefault("12")
    int poolSize();

    /** How long a call waits for a connection before it is answered BUSY. */
    @WithDefault("PT0.5S")
    Duration connectionTimeout();

    /** How long a statement waits for another transaction's lock. */
    @WithDefault("PT2S")
    Duration lockTimeout();

    /** How long one statement may run (PostgreSQL). */
    @WithDefault("PT5S")
    Duration statementTimeout();
}
