package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose PostgreSQL is away, out of reach, slow or full: BUSY within a second, and back within five. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DatabaseAwayTest {
    private static final Duration REFUSAL = Duration.ofSeconds(1);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Postgres server;
    private FaultProxy network;
    private Cluster cluster;
    private Erp erp;
    private int orders;

    @BeforeEach
    void start() {
        server = Postgres.start(folder.resolve("postgres"));
        network = FaultProxy.inFrontOf(server::address);
        cluster = Cluster.of(folder, server.settings(), Postgres.url(network.address()), 2);
        cluster.node(0).launch().awaitServing();
        erp = new Erp(cluster.security(), Duration.ofSeconds(20));
        assertThat(send(Intents.customer()).outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(order().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @AfterEach
    void close() {
        cluster.close();
        network.close();
        server.close();
    }

    @Test
    void aServerThatIsKilled() throws Exception {
        server.kill();
        refusedSoon("B-08", "PostgreSQL killed");
        server.start();
        backSoon("B-08", "PostgreSQL started again");
    }

    @Test
    void aNetworkThatSwallowsEverything() throws Exception {
        network.blackHole();
        // What is on its way is found out by its own time-out, and nobody knows what became of it.
        assertThat(order().outcome()).isNotEqualTo(Outcome.ANSWERED);
        refusedSoon("B-12", "the database's network is a black hole");
        assertThat(new Admin(cluster.node(0)).ready()).isFalse();
        assertThat(new Admin(cluster.node(0)).live()).isTrue();
        network.recover();
        backSoon("B-12", "the network is back");
    }

    @Test
    void connectionsThatAreCut() throws Exception {
        network.reset();
        backSoon("B-08", "every connection to the database reset");
    }

    @Test
    void connectionsThatOthersHaveTaken() throws Exception {
        List<Connection> others = new ArrayList<>();
        try {
            network.blackHole();
            network.reset();
            takeAll(others);
            network.recover();
            refusedSoon("B-15", "all connections of the server taken by others");
            Admin.await("not ready", () -> !new Admin(cluster.node(0)).ready());
            assertThat(cluster.node(1).launch().serves()).isFalse();
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
        backSoon("B-15", "the others gone");
    }

    private void takeAll(List<Connection> taken) throws InterruptedException {
        Admin.await(
                "the gateway's own have ended",
                () -> server.query(
                                "SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
                        == 0);
        try {
            while (true) {
                taken.add(server.connect());
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("53300");
        }
    }

    @Test
    void aPoolThatIsTaken() throws Exception {
        int callers = 24;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try (Connection held = server.connect()) {
            held.setAutoCommit(false);
            held.createStatement().execute("SELECT 1 FROM customer FOR UPDATE");
            List<Future<Attempt>> waiting = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                waiting.add(threads.submit(this::order));
            }
            Admin.await(
                    "all connections in use",
                    () -> new Admin(cluster.node(0)).metric("crm_database_connections") >= 12);
            refusedSoon("B-14", "all connections wait for a lock");
            for (Future<Attempt> call : waiting) {
                // The lock time-out of two seconds ends each.
                assertThat(call.get().outcome()).isEqualTo(Outcome.REFUSED);
            }
            held.rollback();
            backSoon("B-13", "the lock released");
        } finally {
            threads.shutdownNow();
        }
    }

    private void refusedSoon(String id, String injected) {
        Attempt attempt = order();
        Duration took = took(attempt);
        assertThat(attempt.outcome()).as("%s", attempt).isEqualTo(Outcome.REFUSED);
        Faults.time(id, injected, "refused (" + attempt.detail() + ") in", took, REFUSAL);
    }

    private void backSoon(String id, String injected) throws InterruptedException {
        long begun = System.nanoTime();
        Admin.await("an order is answered", () -> order().is(Outcome.ANSWERED));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Faults.time(id, injected, "orders again in", took, RECOVERY);
    }

    private Attempt order() {
        return send(Intents.order("away", next()));
    }

    private synchronized int next() {
        return orders++;
    }

    private Attempt send(Intent intent) {
        return erp.send(intent, cluster.node(0).address());
    }

    private static Duration took(Attempt attempt) {
        return Duration.ofNanos(attempt.ended() - attempt.begun());
    }
}
