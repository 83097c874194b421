package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that are told to stop while they work. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StopTest {
    private static final int IN_FLIGHT = 50;
    private static final int PER_SECOND = 15;
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void callsInFlightAreAnswered() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            int answered = answered(cluster);
            FaultReport.line(
                    "B-30",
                    "SIGTERM with " + IN_FLIGHT + " calls in flight",
                    answered + " answered",
                    Integer.toString(IN_FLIGHT),
                    answered == IN_FLIGHT);
            assertThat(answered).isEqualTo(IN_FLIGHT);
        }
    }

    /** A transaction that waits for what never comes: longer than the deadline that all calls have. */
    @Test
    void aCallThatDoesNotEndIsCutAndLeavesNothing() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            Node node = patient(cluster, 2);
            node.setting("CRM_GATEWAY_WEB_REQUEST_DEADLINE", "PT" + DEADLINE.toSeconds() + "S");
            node.launch().awaitServing();
            Erp erp = new Erp(cluster.security(), Duration.ofSeconds(60));
            assertThat(erp.send(Intents.customer(), node.address()).outcome()).isEqualTo(Outcome.ANSWERED);
            Intent order = Intents.order("stuck", 1);
            Duration ended;
            Attempt cut;
            try (Connection held = lockedCustomer(cluster)) {
                CompletableFuture<Attempt> call = CompletableFuture.supplyAsync(() -> erp.send(order, node.address()));
                Admin.await("in work", () -> new Admin(node).metric("crm_calls_in_work") == 1);
                long told = System.nanoTime();
                node.signal("TERM");
                node.awaitEnd();
                ended = Duration.ofNanos(System.nanoTime() - told);
                cut = call.get();
                held.rollback();
            }
            Faults.time("B-31", "SIGTERM with a call that waits for 60 s", "ended in", ended, DEADLINE.plusSeconds(5));
            assertThat(cut.is(Outcome.ANSWERED)).isFalse();
            node.launch().awaitServing();
            Attempt again = erp.send(order, node.address());
            FaultReport.line(
                    "B-31",
                    "the same call, sent again to the next start",
                    again.outcome() + (again.replayed() ? ", replayed" : ", done now"),
                    "ANSWERED, done now",
                    again.is(Outcome.ANSWERED) && !again.replayed());
            assertThat(again.outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(again.replayed()).isFalse();
        }
    }

    /** What the first test is worth. */
    @Test
    void withoutDrainingSomeAreCut() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            cluster.node(0).arm(Trap.bug(PlantedFault.CUTS_CALLS_AT_THE_END));
            int answered = answered(cluster);
            FaultReport.line(
                    "B-60",
                    "cuts calls at the end",
                    IN_FLIGHT - answered + " calls cut",
                    "found",
                    answered < IN_FLIGHT);
            assertThat(answered).isLessThan(IN_FLIGHT);
        }
    }

    @Test
    void toldToStopWhileItStartsItEndsAndStartsAgain() throws Exception {
        int times = Faults.many(2, 10);
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 1)) {
            Node node = cluster.node(0);
            for (int time = 1; time <= times; time++) {
                node.launch();
                TimeUnit.MILLISECONDS.sleep(4_000L * time / times);
                node.signal("TERM");
                node.awaitEnd();
            }
            node.launch().awaitServing();
            Erp erp = new Erp(cluster.security(), Duration.ofSeconds(10));
            Attempt attempt = erp.send(Intents.customer(), node.address());
            FaultReport.line(
                    "B-32",
                    times + " times SIGTERM in the middle of the start",
                    attempt.outcome().toString(),
                    "ANSWERED",
                    attempt.is(Outcome.ANSWERED));
            assertThat(attempt.outcome()).isEqualTo(Outcome.ANSWERED);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void gatewaysThatAreRestartedOneAfterTheOtherFailNoCall() throws Exception {
        rolling("B-30", "two gateways restarted one after the other, under load", (turn, node) -> {});
    }

    /** To a program with one migration more, while the older one serves; and back, while the newer one does. */
    @Test
    void gatewaysThatAreUpgradedOneAfterTheOtherFailNoCall() throws Exception {
        Path migrations = Files.createDirectories(folder.resolve("newer/migrations"));
        Files.writeString(migrations.resolve("V999__expand_upgrade_test.sql"), """
                ALTER TABLE sales_order ADD COLUMN upgrade_test VARCHAR(10);
                UPDATE sales_order SET upgrade_test = 'filled';
                CREATE TABLE upgrade_test (id INTEGER PRIMARY KEY);
                """);
        rolling("B-33", "two gateways upgraded and put back one after the other, under load", (turn, node) -> {
            node.withFirst(turn % 2 == 0 ? migrations.getParent() : null);
        });
    }

    private void rolling(String id, String what, BiConsumer<Integer, Node> change) throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2).start();
                Balancer balancer = new Balancer(cluster.nodes());
                Run run = new Run(cluster, "rolling", PER_SECOND, balancer)) {
            run.load().awaitArrived(2 * PER_SECOND);
            for (int turn = 0; turn < Faults.many(2, 6); turn++) {
                for (Node node : cluster.nodes()) {
                    node.signal("TERM");
                    // As every Java program that was told to end (128 + 15).
                    assertThat(node.awaitEnd()).isEqualTo(143);
                    change.accept(turn, node);
                    node.launch().awaitServing();
                }
            }
            Ledger ledger = run.end(id, what);
            long unknown = ledger.count(Outcome.UNKNOWN);
            Map<String, Long> summary = ledger.summary();
            FaultReport.line(
                    id,
                    "the same: calls that were neither answered nor refused",
                    unknown + ", of " + summary,
                    "0",
                    unknown == 0);
            if (Faults.inFull()) {
                // On a machine that does other things too the balancer may hear too late.
                assertThat(unknown).as("%s", summary).isZero();
            }
        }
    }

    private static int answered(Cluster cluster) throws Exception {
        Node node = patient(cluster, IN_FLIGHT);
        // One source may have half of the workers.
        node.setting("CRM_GATEWAY_WEB_THREADS", "128");
        node.launch().awaitServing();
        Admin admin = new Admin(node);
        Erp erp = new Erp(cluster.security(), Duration.ofSeconds(60));
        Intent customer = Intents.customer();
        assertThat(erp.send(customer, node.address()).outcome()).isEqualTo(Outcome.ANSWERED);
        ExecutorService callers = Executors.newFixedThreadPool(IN_FLIGHT);
        try (Connection held = lockedCustomer(cluster)) {
            CountDownLatch signed = new CountDownLatch(IN_FLIGHT);
            List<Future<Attempt>> calls = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                Intent order = Intents.order("stop", i);
                byte[] message = erp.signed(order);
                calls.add(callers.submit(() -> {
                    signed.countDown();
                    return erp.send(order, message, node.address());
                }));
            }
            signed.await();
            Admin.await("all in work", () -> admin.metric("crm_calls_in_work") == IN_FLIGHT);
            node.signal("TERM");
            Admin.await("not ready", () -> !admin.ready());
            held.rollback();
            int answered = 0;
            for (Future<Attempt> call : calls) {
                answered += call.get().is(Outcome.ANSWERED) ? 1 : 0;
            }
            return answered;
        } finally {
            callers.shutdownNow();
        }
    }

    /** A gateway, not started, whose calls wait as long as they have to. */
    private static Node patient(Cluster cluster, int calls) {
        Node node = cluster.node(0);
        node.setting("CRM_GATEWAY_WEB_STOP_NOTICE", "PT0S");
        node.setting("CRM_GATEWAY_DATABASE_POOL_SIZE", Integer.toString(calls + 10));
        node.setting("CRM_GATEWAY_DATABASE_LOCK_TIMEOUT", "PT50S");
        node.setting("CRM_GATEWAY_DATABASE_STATEMENT_TIMEOUT", "PT50S");
        node.setting("CRM_GATEWAY_DATABASE_CONNECTION_TIMEOUT", "PT50S");
        return node;
    }

    /** With it in a transaction each order waits: all are for one customer. */
    private static Connection lockedCustomer(Cluster cluster) throws SQLException {
        Connection held = DriverManager.getConnection(
                cluster.database().url(), cluster.database().user(), "");
        held.setAutoCommit(false);
        held.createStatement().execute("SELECT 1 FROM customer FOR UPDATE");
        return held;
    }
}
