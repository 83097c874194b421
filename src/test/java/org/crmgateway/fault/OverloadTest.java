package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three times as many orders as the gateway can take, at even intervals, whether or not earlier ones are answered. It measures
 * times, so only the long form runs it. Messages are signed before.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
class OverloadTest {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    /** Before it is divided, after which Java sees only its part. */
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private static final int AT_ONCE = 16;
    private static final Duration PHASE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration REFUSAL = Duration.ofMillis(200);
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    /** The most that a core could do, so that all messages can be signed before. */
    private static final int MOST_PER_SECOND = 400;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<HttpRequest> requests = new ArrayList<>();
    private int next;

    /** @param status 0 when no answer came */
    private record Call(int status, long due, long ended) {
        long took() {
            return ended - due;
        }
    }

    /** The gateway has one processor, sender and database the other: what is refused costs the sender too. */
    @BeforeEach
    void divide() throws Exception {
        assumeTrue(
                Files.exists(TASKSET) && PROCESSORS > 1,
                "skipped: it needs two processors, and /usr/bin/taskset of the package util-linux");
        runOn("1");
    }

    @AfterEach
    void undivide() throws Exception {
        if (Files.exists(TASKSET)) {
            runOn("0-" + (PROCESSORS - 1));
        }
    }

    private static void runOn(String processors) throws Exception {
        String own = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder(TASKSET.toString(), "-acp", processors, own)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void whatIsTooMuchIsRefusedAtOnceAndTheRestIsDone() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            Node node = cluster.node(0);
            node.launchedBy(TASKSET.toString(), "-c", "0");
            // As in production: a time that counts needs the whole compiler.
            node.option("-XX:TieredStopAtLevel=4");
            // All callers have one address here.
            node.setting("CRM_GATEWAY_WEB_CONNECTIONS_PER_SOURCE", "1000");
            node.setting("CRM_GATEWAY_WEB_CONNECTION_RATE_PER_SOURCE", "10000");
            node.launch().awaitServing();
            Erp erp = new Erp(cluster.security(), Duration.ofSeconds(30));
            Intent customer = Intents.customer();
            assertThat(erp.send(customer, node.address()).outcome()).isEqualTo(Outcome.ANSWERED);
            sign(erp, node, (int) (PHASE.toSeconds() * MOST_PER_SECOND));
            double warm = perSecond(closed(PHASE));
            // For a phase alone, one with three times as many, and a short one; faster by now.
            sign(erp, node, (int) (1.5 * (1 + 3 + 1) * warm * PHASE.toSeconds()));

            double peak = perSecond(closed(PHASE));
            Probes probes = new Probes(node);
            List<Call> overload = open((int) (3 * peak), PHASE);
            probes.judge();
            List<Call> after = open((int) (peak / 3), RECOVERY);

            judge(peak, overload, after);
        }
    }

    /** Asks whether it lives, all the time. */
    private static final class Probes {
        private final Admin admin;
        private final Thread thread = new Thread(this::ask, "probes");
        private final List<Long> times = new ArrayList<>();
        private volatile boolean ending;
        private volatile boolean dead;

        Probes(Node node) {
            admin = new Admin(node);
            thread.start();
        }

        private void ask() {
            while (!ending) {
                long begun = System.nanoTime();
                dead |= !admin.live();
                times.add(System.nanoTime() - begun);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        void judge() throws InterruptedException {
            ending = true;
            thread.join();
            Duration slowest = Duration.ofNanos(Collections.max(times));
            assertThat(dead).as("it said that it does not live").isFalse();
            Faults.time("B-29", "300 % of capacity", "the slowest of " + times.size() + " probes", slowest, PROBE);
        }
    }

    private static void judge(double peak, List<Call> overload, List<Call> after) {
        double goodput = perSecond(overload);
        List<Call> refused =
                overload.stream().filter(call -> call.status() == 503).toList();
        String rates = "%.0f orders/s, alone %.0f; accepted p99 %d ms; %d refused, %d lost"
                .formatted(
                        goodput,
                        peak,
                        p99(answered(overload)).toMillis(),
                        refused.size(),
                        overload.stream().filter(call -> call.status() == 0).count());
        FaultReport.line("B-24", "300 % of capacity", rates, "90 % of the peak", goodput >= 0.9 * peak);
        assertThat(goodput).as(rates).isGreaterThanOrEqualTo(0.9 * peak);
        Faults.time("B-24", "300 % of capacity", "refused, p99", p99(refused), REFUSAL);
        long last = after.stream()
                .filter(call -> call.status() != 200)
                .mapToLong(call -> call.due() - after.get(0).due())
                .max()
                .orElse(0);
        Faults.time(
                "B-25", "afterwards a third of capacity", "the last refusal after", Duration.ofNanos(last), RECOVERY);
    }

    private void sign(Erp erp, Node node, int messages) {
        requests.clear();
        next = 0;
        String run = "load" + System.nanoTime();
        requests.addAll(IntStream.range(0, messages)
                .parallel()
                .mapToObj(number -> Intents.order(run, number))
                .map(order -> erp.request(order, erp.signed(order), node.address()))
                .toList());
    }

    /** Callers that send the next when they have their answer: what the gateway can do. */
    private List<Call> closed(Duration time) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<Call>> calls = new ArrayList<>();
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end && next < requests.size(); ) {
            places.acquire();
            calls.add(send(System.nanoTime()).whenComplete((call, failure) -> places.release()));
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private List<Call> open(int perSecond, Duration time) {
        long start = System.nanoTime();
        List<CompletableFuture<Call>> calls = new ArrayList<>();
        for (long i = 0; i < perSecond * time.toSeconds() && next < requests.size(); i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            calls.add(send(due));
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Call> send(long due) {
        return http.sendAsync(requests.get(next++), HttpResponse.BodyHandlers.ofByteArray())
                .handle((answer, failure) ->
                        new Call(failure == null ? answer.statusCode() : 0, due, System.nanoTime()));
    }

    private static List<Call> answered(List<Call> calls) {
        return calls.stream().filter(call -> call.status() == 200).toList();
    }

    /** Answers while calls were due: what came later does not count. */
    private static double perSecond(List<Call> calls) {
        long first = calls.get(0).due();
        long last = calls.get(calls.size() - 1).due();
        long inTime =
                answered(calls).stream().filter(call -> call.ended() <= last).count();
        return inTime * 1e9 / (last - first);
    }

    private static Duration p99(List<Call> calls) {
        return Faults.p99(calls.stream().map(Call::took));
    }
}
