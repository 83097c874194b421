package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two PostgreSQL servers, the second a synchronous copy of the first. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FailoverTest {
    private static final int PER_SECOND = 15;
    private static final Duration BACK = Duration.ofSeconds(30);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void whatWasAcknowledgedIsOnTheServerThatTakesOver() throws Exception {
        try (Postgres first = Postgres.start(folder.resolve("first"));
                Postgres second = first.standby(folder.resolve("second"));
                Cluster cluster = Cluster.of(folder, first.settings(), both(first, second), 2)) {
            cluster.start();
            try (Run run = new Run(cluster, "failover", PER_SECOND)) {
                run.load().awaitArrived(5 * PER_SECOND);
                first.kill();
                second.promote();
                run.load().awaitArrived(Faults.many(12, 25) * PER_SECOND);
                Ledger ledger = run.end(
                        "B-10",
                        "the primary killed, its synchronous standby promoted",
                        new TestDatabases.Settings(Postgres.url(second.address()), "postgres"));
                Faults.time(
                        "B-10",
                        "the same",
                        "without an answer at most",
                        Duration.ofNanos(ledger.longestSilence()),
                        BACK);
            }
        }
    }

    /** PostgreSQL's own time-out would end the wait for the standby, and call the commit done. */
    @Test
    void aCommitThatNoStandbyHasIsNotAcknowledged() throws Exception {
        try (Postgres first = Postgres.start(folder.resolve("first"));
                Postgres second = first.standby(folder.resolve("second"));
                Cluster cluster = Cluster.of(folder, first.settings(), 1)) {
            cluster.node(0).setting("CRM_GATEWAY_DATABASE_STATEMENT_TIMEOUT", "PT2S");
            cluster.start();
            Erp erp = new Erp(cluster.security(), Duration.ofSeconds(20));
            send(erp, cluster, Intents.customer());
            second.freeze();

            Attempt alone = send(erp, cluster, Intents.order("alone", 1));

            assertThat(alone.outcome()).as(alone.detail()).isNotEqualTo(Outcome.ANSWERED);
            second.thaw();
            Attempt again = send(erp, cluster, Intents.order("alone", 1));
            FaultReport.line(
                    "B-11",
                    "the standby frozen: a commit that it does not have",
                    alone.outcome() + " " + alone.detail() + ", then " + again.outcome(),
                    "not acknowledged",
                    !alone.is(Outcome.ANSWERED));
            assertThat(again.outcome()).as(again.detail()).isEqualTo(Outcome.ANSWERED);
        }
    }

    private static Attempt send(Erp erp, Cluster cluster, Intent intent) {
        return erp.send(intent, cluster.node(0).address());
    }

    /** As docs/operations.md says. */
    private static String both(Postgres first, Postgres second) {
        return "jdbc:postgresql://127.0.0.1:" + first.address().getPort() + ",127.0.0.1:"
                + second.address().getPort()
                + "/postgres?targetServerType=primary&hostRecheckSeconds=1&loginTimeout=5";
    }
}
