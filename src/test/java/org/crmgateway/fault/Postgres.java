package org.crmgateway.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.crmgateway.database.TestDatabases;

/** A PostgreSQL server that can be killed, frozen, copied to a standby and promoted. Its port stays. */
final class Postgres implements AutoCloseable {
    private static final int STARTS = 40;

    private final Path bin;
    private final Path data;
    private final int port;
    private final List<String> settings = new ArrayList<>(List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "shared_buffers=32MB",
            "max_connections=60",
            "wal_level=replica",
            "hot_standby=on"));
    private Process process;

    private Postgres(Path bin, Path data) {
        this.bin = bin;
        this.data = data;
        this.port = freePort();
    }

    /** Made and started. */
    static Postgres start(Path data) {
        Postgres server = new Postgres(Programs.BIN, data);
        server.run(server.command("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF-8", "-D", data.toString()));
        server.start();
        return server;
    }

    TestDatabases.Settings settings() {
        return new TestDatabases.Settings(url(address()), "postgres");
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    static String url(InetSocketAddress address) {
        return "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/postgres";
    }

    /** As by {@code -c}, from the next start on. */
    void set(String setting) {
        settings.add(setting);
    }

    /** Starts and waits until it takes statements: a second, or as long as the last one's processes need to go. */
    void start() {
        for (int attempt = 1; ; attempt++) {
            if (started()) {
                return;
            }
            if (attempt == STARTS) {
                throw new IllegalStateException("PostgreSQL does not start: see " + log());
            }
            pause();
        }
    }

    private boolean started() {
        List<String> command = command("postgres", "-D", data.toString(), "-p", Integer.toString(port));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (process.isAlive()) {
            if (answers()) {
                return true;
            }
            pause();
        }
        return false;
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** As {@code kill -9} of the server; its processes notice and end. */
    void kill() {
        process.destroyForcibly();
        join();
    }

    /** As {@code pg_ctl stop -m immediate}. */
    void stopAtOnce() {
        signal("QUIT");
        join();
    }

    /** As {@code pg_ctl stop -m fast}. */
    void stop() {
        signal("INT");
        join();
    }

    /** @return whether it had ended */
    boolean restartIfEnded() {
        if (process.isAlive()) {
            return false;
        }
        start();
        return true;
    }

    void signal(String name) {
        run(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    /** Freezes it with all its processes. */
    void freeze() {
        signalAll("STOP");
    }

    void thaw() {
        signalAll("CONT");
    }

    private void signalAll(String name) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        process.descendants().map(child -> Long.toString(child.pid())).forEach(command::add);
        run(command);
    }

    /** A copy that follows: this server stops for a moment and waits from then on for it with each commit. */
    Postgres standby(Path copy) {
        stop();
        copyTo(copy);
        Postgres standby = new Postgres(bin, copy);
        standby.set("primary_conninfo=host=127.0.0.1 port=" + port + " user=postgres application_name=standby");
        write(copy.resolve("standby.signal"));
        set("synchronous_standby_names=standby");
        start();
        standby.start();
        while (query("SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 0) {
            pause();
        }
        return standby;
    }

    /** Makes a standby the server that is written to. */
    void promote() {
        execute("SELECT pg_promote()");
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number that a query gives. */
    long query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(address()), "postgres", "");
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            join();
        }
    }

    private Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private void copyTo(Path copy) {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL does not run as root; in a user namespace of its own it is nobody. */
    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) {
        try {
            Process one = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            if (one.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: see " + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void join() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that the tests' own server was unpacked with, as it says itself. */
    private static final class Programs {
        static final Path BIN = bin();

        private static Path bin() {
            try (Connection connection =
                            DriverManager.getConnection(TestDatabases.postgres().url(), "postgres", "");
                    Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
                rows.next();
                return Path.of(rows.getString(1));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Below those that the system gives to whoever connects, one of which could take it before it is used. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Taken: the next.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
