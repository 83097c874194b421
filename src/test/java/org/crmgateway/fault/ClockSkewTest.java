package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Gateways whose clocks differ, by libfaketime. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
class ClockSkewTest {
    private static final Path FAKETIME = Path.of("/usr/bin/faketime");
    private static final int PER_SECOND = 15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeEach
    void find() {
        assumeTrue(Files.exists(FAKETIME), "skipped: there is no /usr/bin/faketime; install the package faketime");
    }

    @Test
    void twoMinutesApartTheyServeAndSaySo() throws Exception {
        try (Cluster cluster = skewed("+1m", "-1m")) {
            try (Run run = new Run(cluster, "skew", PER_SECOND)) {
                run.load().awaitArrived(Faults.many(60, 600));
                assertThat(new Admin(cluster.node(0)).readiness()).contains("clock: no");
                run.end("B-37", "two gateways, a minute ahead and a minute behind");
            }
        }
    }

    /** Its clock makes every timestamp too old: it refuses, and nothing else. */
    @Test
    void whoIsTenMinutesAheadRefusesAndDoesNoHarm() throws Exception {
        try (Cluster cluster = skewed("+10m", "+0m")) {
            try (Run run = new Run(cluster, "ahead", PER_SECOND)) {
                run.load().awaitArrived(Faults.many(60, 600));
                run.end("B-37", "one of two gateways ten minutes ahead");
            }
        }
    }

    private Cluster skewed(String first, String second) {
        Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2);
        cluster.node(0).launchedBy(FAKETIME.toString(), "-m", "-f", first);
        cluster.node(1).launchedBy(FAKETIME.toString(), "-m", "-f", second);
        for (Node node : cluster.nodes()) {
            // Only the wall clock: the JVM waits by the other.
            node.setting("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        return cluster.start();
    }
}
