package org.crmgateway.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a gateway's admin port says. */
final class Admin {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Node node;
    private final HttpClient http = HttpClient.newHttpClient();

    Admin(Node node) {
        this.node = node;
    }

    /** Whether callers are to be sent there; also false when nobody answers. */
    boolean ready() {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** A line for each check. */
    String readiness() {
        return get("/health/ready").body();
    }

    boolean live() {
        return get("/health/live").statusCode() == 200;
    }

    /** The sum of a metric over its labels. */
    double metric(String name) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Waits until something holds. */
    static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("never: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(node.admin(path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
