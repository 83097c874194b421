package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that lacks something of its machine: somebody who reads its log, or file descriptors. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StarvedTest {
    private static final int PER_SECOND = 15;
    /** Of the log, more than a pipe holds. */
    private static final int REFUSALS = 1_500;

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final int DESCRIPTORS = 256;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aLogThatNobodyReadsStopsNoCall() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            Node node = cluster.node(0);
            // As in production, a line a call and a line a refusal.
            node.option("-Dlogback.configurationFile=logback.xml");
            try (Run run = new Run(cluster.start(), "deaf", PER_SECOND)) {
                run.load().awaitArrived(PER_SECOND);
                node.deafen();
                Erp erp = new Erp(cluster.security(), Duration.ofSeconds(10));
                Intent order = Intents.order("garbage", 1);
                for (int i = 0; i < REFUSALS; i++) {
                    assertThat(erp.send(order, "<a/>".getBytes(StandardCharsets.UTF_8), node.address())
                                    .outcome())
                            .isEqualTo(Outcome.REFUSED);
                }
                run.load().awaitArrived(5 * PER_SECOND);
                Ledger ledger = run.end("B-19", "the reader of the log stands still");
                assertThat(ledger.count(Outcome.UNKNOWN)).isZero();
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void withoutFileDescriptorsItWaitsAndGoesOn() throws Exception {
        assumeTrue(Files.exists(PRLIMIT), "skipped: there is no /usr/bin/prlimit; install the package util-linux");
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            Node node = cluster.node(0);
            node.launchedBy(PRLIMIT.toString(), "--nofile=" + DESCRIPTORS + ":" + DESCRIPTORS);
            try (Run run = new Run(cluster.start(), "files", PER_SECOND)) {
                run.load().awaitArrived(2 * PER_SECOND);
                List<Socket> held = new ArrayList<>();
                try {
                    for (int i = 0; i < DESCRIPTORS; i++) {
                        held.add(new Socket(
                                node.address().getAddress(), node.address().getPort()));
                    }
                    run.load().awaitArrived(7 * PER_SECOND);
                } finally {
                    close(held);
                }
                run.load().awaitArrived(9 * PER_SECOND);
                run.end("B-20", DESCRIPTORS + " file descriptors, all taken for five seconds");
            }
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
