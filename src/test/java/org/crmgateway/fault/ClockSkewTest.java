package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Gateways whose clocks differ, by libfaketime. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ClockSkewTest {
    private static final Optional<Path> FAKETIME = library();
    private static final int PER_SECOND = 15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeEach
    void find() {
        assumeTrue(FAKETIME.isPresent(), "skipped: there is no libfaketimeMT.so.1; install the package faketime");
    }

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
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
        faked(cluster.node(0), first);
        faked(cluster.node(1), second);
        return cluster.start();
    }

    private static void faked(Node node, String skew) {
        node.setting("LD_PRELOAD", FAKETIME.orElseThrow().toString());
        node.setting("FAKETIME", skew);
        // Only the wall clock: the JVM waits by the other, and its waits are left alone.
        node.setting("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        node.setting("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Debian keeps it in a folder by the processor's name. */
    private static Optional<Path> library() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
