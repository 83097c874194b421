package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What calls wait while old signatures are forgotten. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
class PurgeUnderLoadTest {
    private static final int PER_SECOND = 15;
    private static final int OLD = 200_000;
    private static final double BAR = 2;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** Between two looks at how many there are, as of {@link System#nanoTime}. */
    private record Span(long from, long until) {
        boolean touches(Attempt attempt) {
            return attempt.begun() < until && from < attempt.ended();
        }
    }

    @Test
    void callsGoOn() throws Exception {
        TestDatabases.Settings settings = TestDatabases.postgres();
        try (Cluster cluster = Cluster.of(folder, settings, 1);
                Connection connection = DriverManager.getConnection(settings.url(), settings.user(), "");
                Statement statement = connection.createStatement()) {
            Node node = cluster.node(0);
            // As in production: a time that counts needs the whole compiler, and no whole collections.
            List.of("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC")
                    .forEach(node::option);
            try (Run run = new Run(cluster.start(), "purge", PER_SECOND)) {
                run.load().awaitArrived(30 * PER_SECOND);
                statement.execute(
                        "INSERT INTO replay SELECT 'old' || n, now() - INTERVAL '1 day' FROM generate_series(1, " + OLD
                                + ") n");
                statement.execute("ANALYZE replay");
                long begin = System.nanoTime();
                List<Span> purges = purges(statement);
                Ledger ledger = run.end("B-49", OLD + " old signatures forgotten while orders come");
                Predicate<Attempt> counted = attempt -> attempt.is(Outcome.ANSWERED) && attempt.begun() > begin;
                Predicate<Attempt> beside = attempt -> purges.stream().anyMatch(purge -> purge.touches(attempt));
                double alone = ledger.p99(counted.and(beside.negate())).toNanos() / 1e6;
                double during = ledger.p99(counted.and(beside)).toNanos() / 1e6;
                long calls =
                        ledger.attempts().stream().filter(counted.and(beside)).count();
                FaultReport.line(
                        "B-49",
                        "the same, " + calls + " calls during it",
                        String.format(
                                Locale.ROOT, "p99 %.1f ms, %.1f ms else, ratio %.2f", during, alone, during / alone),
                        "ratio " + BAR,
                        during <= BAR * alone);
                assertThat(calls).isPositive();
            }
        }
    }

    /** Waits until all are gone; when some went. */
    private static List<Span> purges(Statement statement) throws Exception {
        List<Span> purges = new ArrayList<>();
        long looked = System.nanoTime();
        for (long left = OLD; left > 0; ) {
            TimeUnit.MILLISECONDS.sleep(100);
            long now = System.nanoTime();
            long there = old(statement);
            if (there < left) {
                purges.add(new Span(looked, System.nanoTime()));
            }
            left = there;
            looked = now;
        }
        return purges;
    }

    private static long old(Statement statement) throws Exception {
        try (var rows =
                statement.executeQuery("SELECT COUNT(*) FROM replay WHERE seen_at < now() - INTERVAL '12 hours'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
