package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of everything, under a load that goes on. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class CrashTest {
    private static final int PER_SECOND = 15;
    /** One process that is away most of the time can do no more. */
    private static final int FEW_PER_SECOND = 3;

    private static final long SEED = 4_711;

    /** Killed with {@code halt} at these, in the short form. */
    private static final Set<CrashPoint> FIRST = EnumSet.of(
            CrashPoint.AFTER_KEY_CLAIMED, CrashPoint.AFTER_COMMIT, CrashPoint.DURING_WRITE, CrashPoint.DURING_SEAL);

    /** Once a minute, or once for a command: what is not waited for three times. */
    private static final Set<CrashPoint> ONCE = EnumSet.of(CrashPoint.DURING_PURGE, CrashPoint.DURING_KEY_RELOAD);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void whereverAProcessEndsNothingIsLostAndNothingIsDoubled() throws Exception {
        Set<CrashPoint> points = Faults.inFull() ? EnumSet.allOf(CrashPoint.class) : FIRST;
        points.remove(CrashPoint.DURING_MIGRATION);
        try (Postgres server = Postgres.start(folder.resolve("postgres"));
                Cluster cluster = cluster(server)) {
            cluster.start();
            try (Run run = new Run(cluster, "point", PER_SECOND)) {
                for (CrashPoint point : points) {
                    crash(cluster.node(0), point);
                }
                run.end("B-07", points.size() + " named points: " + points);
            }
        }
    }

    @Test
    void killedAtRandomMomentsNothingIsLostAndNothingIsDoubled() throws Exception {
        int rounds = Faults.many(3, 120);
        int kills = 0;
        try (Postgres server = Postgres.start(folder.resolve("postgres"));
                Cluster cluster = cluster(server)) {
            cluster.start();
            try (Run run = new Run(cluster, "kill", PER_SECOND)) {
                Duration slowest = Duration.ZERO;
                for (int round = 1; round <= rounds; round++) {
                    kills++;
                    if (round % 10 == 0) {
                        server.kill();
                        server.start();
                        continue;
                    }
                    Node node = cluster.node(round % 2);
                    TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(500));
                    node.kill();
                    node.launch();
                    if (round % 3 == 0) {
                        // In the middle of its start too.
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(4_000));
                        node.kill();
                        node.launch();
                        kills++;
                    }
                    node.awaitServing();
                    slowest = slowest.compareTo(node.startTook()) > 0 ? slowest : node.startTook();
                    System.out.println("round " + round + " of " + rounds + ", " + kills + " kills");
                }
                run.end("B-06", kills + " kills, the slowest start " + slowest.toMillis() + " ms");
            }
        }
    }

    @Test
    void killedOnItsOwnDatabaseAGatewayHasAllThatItAcknowledged() throws Exception {
        int kills = Faults.many(2, 100);
        try (Cluster cluster = Cluster.of(folder, TestDatabases.h2File(folder.resolve("h2")), 1)
                        .start();
                Run run = new Run(cluster, "h2", FEW_PER_SECOND)) {
            Node node = cluster.node(0);
            for (int kill = 1; kill <= kills; kill++) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1_500));
                node.kill();
                node.launch().awaitServing();
            }
            run.end("B-53", kills + " kills of a gateway on H2");
        }
    }

    @Test
    void outOfMemoryAProcessEndsAndLosesNothing() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2)) {
            cluster.node(0).arm(Trap.outOfMemory(CrashPoint.AFTER_RECORD, 5));
            cluster.start();
            try (Run run = new Run(cluster, "memory", PER_SECOND)) {
                cluster.node(0).release();
                int code = cluster.node(0).awaitEnd();
                cluster.node(0).disarm();
                cluster.node(0).launch().awaitServing();
                run.end("B-22", "out of memory in the middle of a write; exit code " + code);
                // What the JVM exits with by ExitOnOutOfMemoryError.
                assertThat(code).isEqualTo(3);
            }
        }
    }

    @Test
    void aMigrationThatIsCutOffIsDoneAgain() throws Exception {
        try (Postgres server = Postgres.start(folder.resolve("postgres"))) {
            Node node = new Node(
                    folder.resolve("node"),
                    Map.of(
                            "CRM_GATEWAY_DATABASE_URL",
                            server.settings().url(),
                            "CRM_GATEWAY_DATABASE_USER",
                            "postgres"));
            try (node) {
                int statements = 0;
                for (int times : Faults.inFull() ? new int[] {1, 5, 12, 20, 30} : new int[] {9}) {
                    node.arm(Trap.crash(CrashPoint.DURING_MIGRATION, times));
                    node.release();
                    if (node.launch().serves()) {
                        // No migration has as many statements left.
                        node.kill();
                        break;
                    }
                    statements += node.awaitEnd() == 137 ? 1 : 0;
                }
                node.disarm();
                node.launch().awaitServing();
                FaultReport.line(
                        "B-33", statements + " ends in the middle of migrations", "serves", "serves", statements > 0);
                assertThat(statements).isPositive();
            }
        }
    }

    private Cluster cluster(Postgres server) {
        Cluster cluster = Cluster.of(folder, server.settings(), 2);
        for (Node node : cluster.nodes()) {
            node.setting("CRM_GATEWAY_AUDIT_CHECKPOINT_INTERVAL", "PT1S");
        }
        return cluster;
    }

    private void crash(Node node, CrashPoint point) throws IOException, InterruptedException {
        node.kill();
        int times = ONCE.contains(point) ? 1 : 1 + random.nextInt(3);
        node.arm(Trap.crash(point, times));
        node.launch().awaitServing();
        node.release();
        if (point == CrashPoint.DURING_KEY_RELOAD) {
            node.command(List.of(), "reload");
        }
        int code = node.awaitEnd();
        assertThat(code).as("%s is never reached; see %s", point, node.log()).isEqualTo(137);
        node.disarm();
        node.launch().awaitServing();
    }
}
