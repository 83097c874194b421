package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A database whose disk is full for a while; the disk is a small file system in memory, which only root can mount. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DiskFullTest {
    private static final int PER_SECOND = 15;
    private static final int WRITES = 100;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void ofH2() throws Exception {
        int times = Faults.many(1, 40);
        try (Disk disk = Disk.mount(folder.resolve("disk"), 64 + 10 * times);
                Cluster cluster = Cluster.of(
                                folder, TestDatabases.h2File(disk.place().resolve("h2")), 1)
                        .start();
                Run run = new Run(cluster, "full", PER_SECOND)) {
            for (int time = 0; time < times; time++) {
                fullForAWhile(disk, run, time);
                run.load().awaitArrived((time + 1) * 9 * PER_SECOND);
            }
            run.end("B-17", times + " times the disk of H2 full for five seconds, no restart");
        }
    }

    /** As by a cable: one write of some hundred fails with an error of input and output, and the next would not. */
    @Test
    void ofH2ThatFailsNowAndThen() throws Exception {
        int seconds = Faults.many(10, 120);
        try (Cluster cluster = Cluster.of(folder, TestDatabases.h2File(folder.resolve("h2")), 1)) {
            Node node = cluster.node(0);
            node.arm(Trap.bug(PlantedFault.BREAKS_THE_DISK, WRITES));
            try (Run run = new Run(cluster.start(), "broken", PER_SECOND)) {
                run.load().awaitArrived(2 * PER_SECOND);
                node.release();
                run.load().awaitArrived(seconds * PER_SECOND);
                node.disarm();
                Ledger ledger = run.end("B-09", "one of " + WRITES + " writes of H2 fails, no restart");
                assertThat(ledger.count(Outcome.REFUSED) + ledger.count(Outcome.UNKNOWN))
                        .isPositive();
            }
        }
    }

    @Test
    void ofPostgres() throws Exception {
        try (Disk disk = Disk.mount(folder.resolve("disk"), 160);
                Postgres server = Postgres.start(disk.place().resolve("postgres"));
                Cluster cluster = Cluster.of(folder, server.settings(), 1).start();
                Run run = new Run(cluster, "full", PER_SECOND)) {
            fullForAWhile(disk, run, 0);
            // It may have ended: without room for its log it cannot go on.
            boolean ended = server.restartIfEnded();
            run.load().awaitArrived(9 * PER_SECOND);
            run.end(
                    "B-17",
                    "the disk of PostgreSQL full for five seconds" + (ended ? ", started again" : ", no restart"));
        }
    }

    /** Its checkpoints, its copies, its log: nothing that a call needs. */
    @Test
    void ofTheGateway() throws Exception {
        try (Disk disk = Disk.mount(folder.resolve("node1"), 4);
                Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            cluster.node(0).setting("CRM_GATEWAY_AUDIT_CHECKPOINT_INTERVAL", "PT1S");
            try (Run run = new Run(cluster.start(), "own", PER_SECOND)) {
                fullForAWhile(disk, run, 0);
                run.load().awaitArrived(9 * PER_SECOND);
                Ledger ledger = run.end("B-18", "the disk of the gateway full for five seconds");
                assertThat(ledger.count(Outcome.UNKNOWN)).isZero();
            }
        }
    }

    /** @param time how often it has been before, each in nine seconds */
    private static void fullForAWhile(Disk disk, Run run, int time) throws Exception {
        run.load().awaitArrived((time * 9 + 2) * PER_SECOND);
        disk.fill();
        run.load().awaitArrived((time * 9 + 7) * PER_SECOND);
        disk.free();
    }

    /** A file system of its own. */
    private record Disk(Path place) implements AutoCloseable {

        static Disk mount(Path place, int megabytes) throws Exception {
            Files.createDirectories(place);
            int code = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place.toString());
            assumeTrue(code == 0, "skipped: a file system cannot be mounted here; run as root");
            return new Disk(place);
        }

        void fill() throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(filler().toFile(), "rw")) {
                byte[] piece = new byte[4_096];
                while (true) {
                    file.write(piece);
                }
            } catch (IOException e) {
                // Full.
                assertThat(Files.size(filler())).isPositive();
            }
        }

        void free() throws IOException {
            Files.delete(filler());
        }

        private Path filler() {
            return place.resolve("filler");
        }

        @Override
        public void close() throws Exception {
            run("umount", "-l", place.toString());
        }

        private static int run(String... command) throws Exception {
            return new ProcessBuilder(command).start().waitFor();
        }
    }
}
