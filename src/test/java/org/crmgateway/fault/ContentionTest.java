package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Many who want the same thing at once, from two gateways. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContentionTest {
    private static final int AT_ONCE = 64;
    private static final int BATCHES = Faults.many(4, 16);
    private static final int ROWS = 20;
    private static final int MOST_ROUNDS = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
    private Cluster cluster;
    private Erp erp;

    @BeforeEach
    void start() {
        cluster = Cluster.of(folder, TestDatabases.postgres(), 2).start();
        erp = new Erp(cluster.security(), Duration.ofSeconds(30));
        assertThat(once(Intents.customer()).outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        cluster.close();
    }

    @Test
    void oneKeyIsOneOrder() throws Exception {
        Intent order = Intents.order("key", 1);
        Ledger ledger = new Ledger();
        ledger.wanted(order);
        List<Attempt> attempts = untilAnswered(Collections.nCopies(AT_ONCE, order));
        attempts.forEach(attempt -> ledger.note(order, attempt));

        Set<String> receipts = attempts.stream()
                .filter(it -> it.is(Outcome.ANSWERED))
                .map(Attempt::detail)
                .collect(Collectors.toSet());
        List<String> violations = checked(database -> Checker.check(ledger, database, null));
        FaultReport.line(
                "B-45",
                "one key " + AT_ONCE + " times at once, at two gateways",
                receipts.size() + " receipt, " + attempts.size() + " calls, " + violations.size() + " violations",
                "1 receipt, 0 violations",
                receipts.size() == 1 && violations.isEmpty());
        assertThat(receipts).hasSize(1);
        assertThat(violations).isEmpty();
    }

    @Test
    void ofManyWritersOfOneVersionOneWins() throws Exception {
        Intent order = Intents.order("version", 1);
        Intent confirmation = Intents.confirmation(order, once(order).recordId().orElseThrow());
        List<Intent> writers = IntStream.range(0, AT_ONCE)
                .mapToObj(writer -> new Intent(
                        "writer " + writer,
                        "",
                        order.token(),
                        confirmation.payload().replace("C-" + order.token(), "C" + writer + "-" + order.token()),
                        confirmation.action()))
                .toList();

        List<Attempt> attempts = atOnce(writers);

        long won = attempts.stream().filter(it -> it.is(Outcome.ANSWERED)).count();
        Set<String> others = attempts.stream()
                .filter(it -> !it.is(Outcome.ANSWERED))
                .map(it -> it.outcome() + " " + it.detail())
                .collect(Collectors.toSet());
        List<String> violations = checked(Checker::ledgers);
        FaultReport.line(
                "B-44",
                AT_ONCE + " writers of one version of an order, at two gateways",
                won + " won, the others " + others + ", " + violations.size() + " violations",
                "1 won, 0 violations",
                won == 1 && violations.isEmpty());
        assertThat(won).as("%s", others).isEqualTo(1);
        assertThat(others).isSubsetOf("REFUSED VERSION_STALE", "REFUSED OVERLOADED", "REFUSED http 503");
        assertThat(violations).isEmpty();
    }

    /** Which waits for which in a circle, the database finds out; one of them begins again. */
    @Test
    void batchesOfTheSameOrdersInAnotherSequenceAllEnd() throws Exception {
        Random random = new Random(4_712);
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        List<Intent> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            Collections.shuffle(numbers, random);
            batches.add(Intents.batch("shared " + batch, "SHARED-", numbers));
        }

        List<Attempt> attempts = untilAnswered(batches);

        long unknown = attempts.stream().filter(it -> it.is(Outcome.UNKNOWN)).count();
        int orders = count("SELECT COUNT(*) FROM sales_order");
        List<String> violations = checked(Checker::ledgers);
        FaultReport.line(
                "B-16",
                BATCHES + " batches of the same " + ROWS + " orders in other sequences at once, at two gateways",
                orders + " orders, " + attempts.size() + " calls, " + unknown + " without an answer, "
                        + violations.size() + " violations",
                ROWS + " orders, 0 violations",
                orders == ROWS && unknown == 0 && violations.isEmpty());
        assertThat(orders).isEqualTo(ROWS);
        assertThat(unknown).as("%s", attempts).isZero();
        assertThat(violations).isEmpty();
    }

    private Attempt once(Intent intent) {
        return erp.send(intent, cluster.node(0).address());
    }

    /** All at once, and again what was refused. */
    private List<Attempt> untilAnswered(List<Intent> intents) throws Exception {
        List<Attempt> all = new ArrayList<>();
        List<Intent> open = intents;
        for (int round = 0; round < MOST_ROUNDS && !open.isEmpty(); round++) {
            List<Attempt> attempts = atOnce(open);
            all.addAll(attempts);
            List<Intent> left = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                if (!attempts.get(i).is(Outcome.ANSWERED)) {
                    left.add(open.get(i));
                }
            }
            open = left;
        }
        assertThat(open)
                .as("%s", new HashSet<>(all.stream().map(Attempt::detail).toList()))
                .isEmpty();
        return all;
    }

    private List<Attempt> atOnce(List<Intent> intents) throws Exception {
        List<byte[]> messages = intents.stream().map(erp::signed).toList();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Attempt>> calls = new ArrayList<>();
        for (int i = 0; i < intents.size(); i++) {
            int call = i;
            calls.add(callers.submit(() -> {
                start.await();
                return erp.send(
                        intents.get(call),
                        messages.get(call),
                        cluster.node(call % 2).address());
            }));
        }
        start.countDown();
        List<Attempt> attempts = new ArrayList<>();
        for (Future<Attempt> call : calls) {
            attempts.add(call.get());
        }
        return attempts;
    }

    private int count(String query) {
        return checked(database -> database.<Integer>reading(
                tx -> tx.handle().createQuery(query).mapTo(Integer.class).one()));
    }

    private <T> T checked(Function<Database, T> check) {
        try (Database database = TestDatabases.open(cluster.database())) {
            return check.apply(database);
        }
    }
}
