package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A network between ERP and gateways that loses, cuts, delays and doubles; and a gateway that stands still for a while. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class NetworkTest {
    private static final int PER_SECOND = 10;
    private static final Duration FROZEN = Duration.ofSeconds(15);

    private static final Duration HOLE = Duration.ofSeconds(60);
    private static final Duration SLOW = Duration.ofSeconds(60);
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration BOUND = Duration.ofSeconds(3);
    private static final int STALLED_EACH = 20;
    private static final int MOST_THREADS = 60;

    /** One connection after the other has the next of these, and none lasts: it would be kept, and nothing would happen to its calls. */
    private static final List<Weather> CLIMATE = List.of(
            Weather.answerCutAfter(1, Weather.Ending.RESET),
            Weather.answerCutAfter(20_000, Weather.Ending.RESET),
            Weather.answerCutAfter(200, Weather.Ending.HALF_CLOSE),
            Weather.requestCutAfter(3_000, Weather.Ending.RESET),
            Weather.slow(Duration.ofMillis(50)).until(10_000),
            Weather.answerCutAfter(2_000, Weather.Ending.RESET),
            Weather.requestCutAfter(100, Weather.Ending.HALF_CLOSE),
            Weather.throttled(500, Duration.ofMillis(5)).until(15_000),
            Weather.answerCutAfter(1, Weather.Ending.RESET),
            Weather.requestCutAfter(5_000, Weather.Ending.RESET));

    /** Keeps its caller waiting as long as he can, so it is rare. */
    private static final Weather SILENT = Weather.answerCutAfter(100, Weather.Ending.SILENCE);

    private static final int SILENT_EACH = 37;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void whateverTheNetworkDoesNothingIsLostAndNothingIsDoubled() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2).start();
                FaultProxy first = FaultProxy.inFrontOf(cluster.node(0)::address);
                FaultProxy second = FaultProxy.inFrontOf(cluster.node(1)::address)) {
            first.expect(NetworkTest::weather);
            second.expect(number -> weather(number + CLIMATE.size() / 2));
            try (Run run = new Run(
                    cluster, "network", PER_SECOND, turn -> turn % 2 == 0 ? first.address() : second.address())) {
                run.load().awaitArrived(Faults.many(150, 6_500));
                int cut = first.cut() + second.cut();
                run.end("B-01", cut + " calls cut in the middle, others slow, some sent twice at once");
                assertThat(cut).isGreaterThanOrEqualTo(Faults.many(100, 10_000));
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void aNetworkThatSwallowsEverythingForAWhileLosesNothing() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2).start();
                FaultProxy first = FaultProxy.inFrontOf(cluster.node(0)::address);
                FaultProxy second = FaultProxy.inFrontOf(cluster.node(1)::address);
                Run run = new Run(
                        cluster, "hole", PER_SECOND, turn -> turn % 2 == 0 ? first.address() : second.address())) {
            run.load().awaitArrived(2 * PER_SECOND);
            first.blackHole();
            second.blackHole();
            run.load().awaitArrived((int) (2 + HOLE.toSeconds()) * PER_SECOND);
            first.recover();
            second.recover();
            run.load().awaitArrived((int) (4 + HOLE.toSeconds()) * PER_SECOND);
            run.end("B-02", "the network between ERP and gateways a black hole for " + HOLE.toSeconds() + " s");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void slowCallersAndThoseThatStandStillTakeNoThreads() throws Exception {
        Weather slow = Weather.slow(LATENCY);
        Weather stalled = Weather.requestCutAfter(3_000, Weather.Ending.SILENCE);
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1).start();
                FaultProxy network = FaultProxy.inFrontOf(cluster.node(0)::address)) {
            network.expect(number -> number % STALLED_EACH == 0 ? stalled : slow.until(20_000));
            try (Run run = new Run(cluster, "slow", PER_SECOND, turn -> network.address())) {
                Admin admin = new Admin(cluster.node(0));
                double threads = 0;
                for (int second = 1; second <= SLOW.toSeconds(); second++) {
                    run.load().awaitArrived(second * PER_SECOND);
                    threads = Math.max(threads, admin.metric("jvm_threads_live_threads"));
                }
                int stood = network.cut();
                Ledger ledger =
                        run.end("B-05", LATENCY.toMillis() + " ms each way, every twentieth caller stands still");
                Duration p99 = ledger.p99(attempt -> attempt.is(Outcome.ANSWERED));
                FaultReport.line(
                        "B-05",
                        "the same, " + stood + " connections cut or stalled",
                        "answered p99 %d ms, at most %.0f threads".formatted(p99.toMillis(), threads),
                        BOUND.toMillis() + " ms, " + MOST_THREADS + " threads",
                        p99.compareTo(BOUND) <= 0 && threads <= MOST_THREADS);
                assertThat(p99).isLessThanOrEqualTo(BOUND);
                assertThat(threads).isLessThanOrEqualTo(MOST_THREADS);
            }
        }
    }

    private static Weather weather(int number) {
        return number % SILENT_EACH == 0 ? SILENT : CLIMATE.get(number % CLIMATE.size());
    }

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void aGatewayThatStandsStillForAWhileDoesNothingTwice() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2).start();
                Run run = new Run(cluster, "frozen", PER_SECOND)) {
            run.load().awaitArrived(2 * PER_SECOND);
            cluster.node(0).signal("STOP");
            run.load().awaitArrived((int) (2 + FROZEN.toSeconds()) * PER_SECOND);
            cluster.node(0).signal("CONT");
            run.load().awaitArrived((int) (4 + FROZEN.toSeconds()) * PER_SECOND);
            run.end("B-23", "one of two gateways frozen for " + FROZEN.toSeconds() + " s");
        }
    }
}
