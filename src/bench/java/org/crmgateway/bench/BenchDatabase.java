package org.crmgateway.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL server of its own, whose commits reach the disk. */
final class BenchDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final Path data;

    private BenchDatabase(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    static BenchDatabase start(Path data) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_connections", "100")
                .start();
        return new BenchDatabase(server, data);
    }

    /** A gateway's settings for a new database, as environment variables. */
    Map<String, String> settings(String name) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return Map.of(
                "CRM_GATEWAY_DATABASE_URL",
                server.getJdbcUrl("postgres", name).replaceAll("[?].*", ""),
                "CRM_GATEWAY_DATABASE_USER",
                "postgres");
    }

    /** Of the server and all its processes. */
    ProcessUse use() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        return new ProcessUse(ProcessHandle.of(pid).orElseThrow());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
