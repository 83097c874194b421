package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What calls wait while the database of a gateway is copied, and the copy put back on trial by a process beside it. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class BackupUnderLoadTest {
    private static final int PER_SECOND = 15;
    private static final int BATCHES = 200;
    private static final int BATCH = 200;
    private static final double BAR = 1.5;
    /** As the start script begins it. */
    private static final List<String> LAST = List.of("nice", "-n", "19");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void callsGoOn() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.h2File(folder.resolve("h2")), 1)) {
            Node node = cluster.node(0);
            // As in production: a time that counts needs the whole compiler, and no whole collections.
            List.of("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC")
                    .forEach(node::option);
            cluster.start();
            fill(cluster);
            try (Run run = new Run(cluster, "backup", PER_SECOND)) {
                int warm = 30 * PER_SECOND;
                run.load().awaitArrived(warm);
                long begin = System.nanoTime();
                run.load().awaitArrived(2 * warm);
                long middle = System.nanoTime();
                int code = node.command(
                        LAST, "backup", "--to", folder.resolve("copies").toString());
                long end = System.nanoTime();
                Ledger ledger = run.end("B-52", "a backup while orders come");
                assertThat(code).as("%s", node.folder().resolve("command.log")).isZero();
                judge(p99(ledger, begin, middle), p99(ledger, middle, end), Duration.ofNanos(end - middle));
            }
        }
    }

    private static void judge(double alone, double beside, Duration took) {
        FaultReport.line(
                "B-52",
                "the same, of " + BATCHES * BATCH + " orders and more, in " + took.toSeconds() + " s",
                String.format(Locale.ROOT, "p99 %.1f ms, %.1f ms without, ratio %.2f", beside, alone, beside / alone),
                "ratio " + BAR,
                beside <= BAR * alone);
    }

    private static void fill(Cluster cluster) {
        Erp erp = new Erp(cluster.security(), Duration.ofSeconds(30));
        sent(erp, cluster, Intents.customer());
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Integer> numbers =
                    IntStream.range(batch * BATCH, (batch + 1) * BATCH).boxed().toList();
            sent(erp, cluster, Intents.batch("fill " + batch, "FILL-", numbers));
        }
    }

    private static void sent(Erp erp, Cluster cluster, Ledger.Intent intent) {
        Attempt attempt = erp.send(intent, cluster.node(0).address());
        assertThat(attempt.outcome()).as(attempt.detail()).isEqualTo(Outcome.ANSWERED);
    }

    /** In milliseconds, of the calls that began between. */
    private static double p99(Ledger ledger, long from, long until) {
        return ledger.p99(attempt -> from <= attempt.begun() && attempt.begun() < until)
                        .toNanos()
                / 1e6;
    }
}
