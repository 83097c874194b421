package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One thing after the other goes wrong, by chance, while orders come: processes are killed, frozen, told to stop, the database
 * is killed or out of reach, and the network cuts calls all the time. {@code -Dcrm.chaos.minutes=60} makes it longer.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
@EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
class ChaosTest {
    private static final int PER_SECOND = 10;
    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("crm.chaos.minutes", 15));
    private static final long SEED = Long.getLong("crm.chaos.seed", 4_713);
    private static final int WARM = 20 * PER_SECOND;

    private static final List<Weather> CLIMATE = List.of(
            Weather.FAIR,
            Weather.FAIR,
            Weather.answerCutAfter(1, Weather.Ending.RESET),
            Weather.FAIR,
            Weather.slow(Duration.ofMillis(200)),
            Weather.requestCutAfter(3_000, Weather.Ending.HALF_CLOSE),
            Weather.FAIR,
            Weather.answerCutAfter(100, Weather.Ending.SILENCE));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Random random = new Random(SEED);

    private enum Mishap {
        GATEWAY_KILLED,
        GATEWAY_STOPPED,
        GATEWAY_FROZEN,
        DATABASE_KILLED,
        DATABASE_OUT_OF_REACH,
        DATABASE_CUT_OFF,
        NOTHING
    }

    @Test
    void nothingIsLostAndNothingIsDoubled() throws Exception {
        try (Postgres server = Postgres.start(folder.resolve("postgres"));
                FaultProxy toDatabase = FaultProxy.inFrontOf(server::address);
                Cluster cluster = Cluster.of(folder, server.settings(), Postgres.url(toDatabase.address()), 2);
                FaultProxy first = FaultProxy.inFrontOf(cluster.node(0)::address);
                FaultProxy second = FaultProxy.inFrontOf(cluster.node(1)::address)) {
            cluster.start();
            List<InetSocketAddress> gateways = List.of(first.address(), second.address());
            first.expect(number -> CLIMATE.get(number % CLIMATE.size()));
            second.expect(number -> CLIMATE.get(number % CLIMATE.size()));
            try (Run run = new Run(cluster, "chaos", PER_SECOND, turn -> gateways.get(turn % 2))) {
                run.load().awaitArrived(WARM);
                int mishaps = 0;
                for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; mishaps++) {
                    Mishap mishap = Mishap.values()[random.nextInt(Mishap.values().length)];
                    System.out.println("mishap " + (mishaps + 1) + ": " + mishap + ", " + left(end) + " s left");
                    happens(mishap, cluster.node(random.nextInt(2)), server, toDatabase);
                    TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(9_000));
                }
                double threads = most(cluster, "jvm_threads_live_threads");
                double files = most(cluster, "process_files_open_files");
                run.end("B-58", mishaps + " mishaps in " + TIME.toMinutes() + " minutes, seed " + SEED);
                FaultReport.line(
                        "B-26",
                        "the same, at its end",
                        "at most %.0f threads, %.0f files open".formatted(threads, files),
                        "bounded",
                        threads < 150 && files < 300);
                assertThat(threads).isLessThan(150);
                assertThat(files).isLessThan(300);
            }
        }
    }

    private void happens(Mishap mishap, Node node, Postgres server, FaultProxy toDatabase) throws Exception {
        switch (mishap) {
            case GATEWAY_KILLED -> {
                node.kill();
                node.launch().awaitServing();
            }
            case GATEWAY_STOPPED -> {
                node.signal("TERM");
                node.awaitEnd();
                node.launch().awaitServing();
            }
            case GATEWAY_FROZEN -> {
                node.signal("STOP");
                aWhile();
                node.signal("CONT");
            }
            case DATABASE_KILLED -> {
                server.kill();
                aWhile();
                server.start();
            }
            case DATABASE_OUT_OF_REACH -> {
                toDatabase.blackHole();
                aWhile();
                toDatabase.recover();
            }
            case DATABASE_CUT_OFF -> toDatabase.reset();
            case NOTHING -> aWhile();
        }
    }

    private void aWhile() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(11_000));
    }

    private static long left(long end) {
        return Duration.ofNanos(end - System.nanoTime()).toSeconds();
    }

    private static double most(Cluster cluster, String metric) {
        return cluster.nodes().stream()
                .mapToDouble(node -> new Admin(node).metric(metric))
                .max()
                .orElse(0);
    }
}
