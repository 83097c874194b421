package org.crmgateway.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code crm-gateway serve}, on free ports of this machine. Plain Java: programs that are not built with Maven use it too. */
public final class GatewayProcess {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Pattern CONTRACT = Pattern.compile("(https?://\\S+)/contract/");
    private static final Pattern READY = Pattern.compile("(http://\\S+/health/ready)");

    private final Process process;
    private final Path log;

    private GatewayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the program; what it prints goes to {@code gateway.log} in {@code work}, its data to {@code data}. */
    public static GatewayProcess launch(Path program, Path work) throws IOException {
        return launch(program, work, Map.of());
    }

    /** @param settings as environment variables */
    public static GatewayProcess launch(Path program, Path work, Map<String, String> settings) throws IOException {
        Path log = work.resolve("gateway.log");
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve");
        builder.environment()
                .put("CRM_GATEWAY_DATA_FOLDER", work.resolve("data").toString());
        builder.environment().put("CRM_GATEWAY_WEB_PORT", "0");
        builder.environment().put("CRM_GATEWAY_WEB_ADMIN_PORT", "0");
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new GatewayProcess(builder.start(), log);
    }

    /**
     * Waits until it serves.
     *
     * @return where
     * @throws IllegalStateException when it ends before, or is not ready in time
     */
    public URI awaitReady(HttpClient http) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < giveUp) {
            Optional<String> ready = printed(READY);
            if (ready.isPresent() && isReady(http, URI.create(ready.get()))) {
                return URI.create(printed(CONTRACT).orElseThrow());
            }
            Thread.sleep(50);
        }
        boolean alive = process.isAlive();
        kill();
        throw new IllegalStateException(
                (alive ? "the gateway was not ready in time:\n" : "the gateway ended:\n") + Files.readString(log));
    }

    /** The start script replaces itself by the JVM, so this is the JVM. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Lets it end as an operator does; after a minute, kills it. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            kill();
        }
    }

    /** Kills it as {@code kill -9} does: it can neither finish nor flush anything. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private Optional<String> printed(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(log));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean isReady(HttpClient http, URI ready) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
