package org.crmgateway.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Fresh databases for tests: H2 in memory, and databases of one real PostgreSQL server a JVM. */
public final class TestDatabases {
    private TestDatabases() {}

    /** The settings of a test database. */
    public record Settings(String url, String user) implements DatabaseConfig {
        @Override
        public Optional<Path> passwordFile() {
            return Optional.empty();
        }

        @Override
        public int poolSize() {
            return 16;
        }

        @Override
        public Duration connectionTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration lockTimeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration statementTimeout() {
            return Duration.ofSeconds(10);
        }
    }

    public static Settings h2() {
        return new Settings("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "crm");
    }

    public static Settings h2File(Path folder) {
        return new Settings("jdbc:h2:file:" + folder.resolve("crm").toAbsolutePath(), "crm");
    }

    public static Settings postgres() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Settings(Server.INSTANCE.getJdbcUrl("postgres", name), "postgres");
    }

    /** Connected, with the schema applied. */
    public static Database open(Settings settings) {
        Database database = Database.open(settings, "");
        database.migrations().apply();
        return database;
    }

    /** Started by the first test that needs it. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
