package org.crmgateway.fault;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.crmgateway.Main;
import org.jspecify.annotations.Nullable;

/** A gateway process that can be killed, frozen, told to stop, and started again on the same port. */
final class Node implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> launcher = new ArrayList<>();
    private final int port = Postgres.freePort();
    private final int adminPort = Postgres.freePort();
    private @Nullable Path first;
    private volatile boolean deaf;
    private Process process;
    private CompletableFuture<Boolean> serving = new CompletableFuture<>();
    private Duration startTook = Duration.ZERO;

    /** @param settings as environment variables; the data folder and the ports are its own */
    Node(Path folder, Map<String, String> settings) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve("config"));
            Files.writeString(
                    folder.resolve("config/gateway.yaml"),
                    "web: {port: %d, admin-port: %d}%n".formatted(port, adminPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.putAll(settings);
    }

    /** From the next start on. */
    void option(String option) {
        options.add(option);
    }

    /** From the next start on; the last one counts. */
    void setting(String name, String value) {
        environment.put(name, value);
    }

    /** A folder whose files the program finds before its own, from the next start on; null for none. */
    void withFirst(@Nullable Path folder) {
        first = folder;
    }

    /** Its lines are read no more; what it writes stands in the pipe. */
    void deafen() {
        deaf = true;
    }

    /** What stands before {@code java}, from the next start on, e.g. {@code prlimit --nofile=256}. */
    void launchedBy(String... command) {
        launcher.addAll(List.of(command));
    }

    void arm(Trap trap) {
        options.removeIf(option -> option.startsWith("-javaagent:"));
        options.add(FaultAgent.option(folder, trap));
    }

    /** From now on the trap that was set at the start springs. */
    void release() {
        try {
            Files.writeString(folder.resolve("armed"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void disarm() {
        options.removeIf(option -> option.startsWith("-javaagent:"));
        try {
            Files.deleteIfExists(folder.resolve("armed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to start. */
    Node launch() {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djdk.serialFilter=!*"));
        command.addAll(options);
        String own = System.getProperty("java.class.path");
        command.addAll(
                List.of("-cp", first == null ? own : first + File.pathSeparator + own, Main.class.getName(), "serve"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serving = new CompletableFuture<>();
        CompletableFuture<Boolean> mine = serving;
        long begun = System.nanoTime();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> listen(said, mine, begun), "node");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    private void listen(BufferedReader said, CompletableFuture<Boolean> mine, long begun) {
        try (PrintWriter log = new PrintWriter(
                Files.newBufferedWriter(log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND), true)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                log.println(line);
                if (line.startsWith("Running.")) {
                    startTook = Duration.ofNanos(System.nanoTime() - begun);
                    mine.complete(true);
                }
                while (deaf) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        } catch (IOException | InterruptedException e) {
            // It was killed in the middle of a line.
        }
        mine.complete(false);
    }

    /**
     * Types a command beside it, with its configuration, and waits for the end.
     *
     * @param before what stands before {@code java}, e.g. {@code nice}
     * @return the exit code
     */
    int command(List<String> before, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(java(), "-Xmx256m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("command.log").toFile()));
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits until it serves. */
    Node awaitServing() {
        if (!serves()) {
            throw new IllegalStateException("the gateway ended before it served: see " + log());
        }
        return this;
    }

    /** Waits until it serves or has ended, and says which. */
    boolean serves() {
        try {
            return serving.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(log().toString(), e);
        }
    }

    /** How long the last start took, until it served. */
    Duration startTook() {
        return startTook;
    }

    boolean alive() {
        return process.isAlive();
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    URI admin(String path) {
        return URI.create("http://127.0.0.1:" + adminPort + path);
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As {@code kill -STOP}, {@code -CONT}, {@code -TERM}. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end; the exit code. */
    int awaitEnd() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the gateway does not end: see " + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("node.log");
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
