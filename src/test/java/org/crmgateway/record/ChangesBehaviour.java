package org.crmgateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.crmgateway.partner.Operation.CREATE_CUSTOMER;
import static org.crmgateway.partner.Operation.GET_CUSTOMER_CHANGES;
import static org.crmgateway.partner.Operation.UPDATE_CUSTOMER;
import static org.crmgateway.record.TestRooms.customer;
import static org.crmgateway.record.TestRooms.draft;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.crmgateway.change.Change;
import org.crmgateway.change.ChangeConfig;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.change.Trimmer;
import org.crmgateway.customer.Customer;
import org.crmgateway.database.Json;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.junit.jupiter.api.Test;

/** The order in which readers see what writers commit, whatever database is below. */
interface ChangesBehaviour {
    int WRITERS = 6;
    int WRITES = 25;

    TestRooms rooms();

    @Test
    default void aTransactionThatCommitsLateIsNotSkippedByAReaderThatHasPassed() throws Exception {
        TestRooms rooms = rooms();
        String id = rooms.customers()
                .create(rooms.call(CREATE_CUSTOMER), draft("K-0", customer("First")))
                .answer()
                .id();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        var thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> late = thread.submit(() -> rooms.database().inTransaction(tx -> {
                appendVersion(rooms, tx, id, 99);
                written.countDown();
                awaitQuietly(release);
                return 0;
            }));
            written.await();
            rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("K-1", customer("Overtaker")));
            rooms.sealer().seal();
            ChangePage<Customer> passed = changes(rooms, "BEGINNING", 10);
            assertThat(names(passed)).containsExactly("First", "Overtaker");

            release.countDown();
            late.get();
            rooms.sealer().seal();

            ChangePage<Customer> next = changes(rooms, passed.nextCursor(), 10);
            assertThat(next.changes()).hasSize(1);
            assertThat(next.changes().get(0).seen().record().version()).isEqualTo(99);
        } finally {
            release.countDown();
            thread.shutdownNow();
        }
    }

    @Test
    default void aReaderBesideManyWritersSeesEachCommitOnceAndVersionsAscend() throws Exception {
        TestRooms rooms = rooms();
        AtomicBoolean writing = new AtomicBoolean(true);
        var threads = Executors.newFixedThreadPool(WRITERS + 2);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String own = "W-" + writer;
                writers.add(threads.submit(() -> write(rooms, own)));
            }
            Future<?> sealing = threads.submit(() -> {
                while (writing.get()) {
                    rooms.sealer().seal();
                }
            });
            Future<List<SeenChange<Customer>>> reading = threads.submit(() -> follow(rooms, writing));
            for (Future<?> writer : writers) {
                writer.get();
            }
            rooms.sealer().seal();
            writing.set(false);
            sealing.get();

            List<SeenChange<Customer>> seen = reading.get();
            Map<String, Integer> versions = new HashMap<>();
            for (SeenChange<Customer> change : seen) {
                var record = change.seen().record();
                assertThat(record.version()).isEqualTo(versions.getOrDefault(record.id(), 0) + 1);
                versions.put(record.id(), record.version());
            }
            assertThat(seen).hasSize(WRITERS * 2 * WRITES);
        } finally {
            writing.set(false);
            threads.shutdownNow();
        }
    }

    @Test
    default void whoStandsBeforeWhatWasTrimmedIsToldSo() {
        TestRooms rooms = rooms();
        rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("T-1", customer("Read")));
        rooms.sealer().seal();
        String early = changes(rooms, "BEGINNING", 1).nextCursor();
        rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("T-2", customer("Not read")));
        rooms.sealer().seal();
        String late = changes(rooms, early, 10).nextCursor();

        rooms.database()
                .inTransaction(tx -> tx.handle()
                        .createUpdate("UPDATE change_entry SET changed_at = :then")
                        .bind("then", Instant.now().minus(Duration.ofDays(2)))
                        .execute());
        int trimmed = new Trimmer(rooms.database(), keeping(Duration.ofDays(1)), Clock.systemUTC()).trim();
        rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("T-3", customer("After")));
        rooms.sealer().seal();

        assertThat(trimmed).isGreaterThanOrEqualTo(2);
        assertThatThrownBy(() -> changes(rooms, early, 10))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.CURSOR_EXPIRED));
        assertThat(names(changes(rooms, late, 10))).containsExactly("After");
        assertThat(names(changes(rooms, "BEGINNING", 10))).containsExactly("After");
    }

    @Test
    default void whatIsYoungEnoughIsNotTrimmed() {
        TestRooms rooms = rooms();
        rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("Y-1", customer("Young")));
        rooms.sealer().seal();

        new Trimmer(rooms.database(), keeping(Duration.ofDays(1)), Clock.systemUTC()).trim();
        // Nor by a node whose clock has jumped ahead.
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));
        new Trimmer(rooms.database(), keeping(Duration.ofDays(1)), ahead).trim();

        assertThat(names(changes(rooms, "BEGINNING", 10))).containsExactly("Young");
    }

    private static ChangeConfig keeping(Duration time) {
        return new ChangeConfig() {
            @Override
            public Duration sealInterval() {
                return Duration.ofSeconds(1);
            }

            @Override
            public Optional<Duration> keep() {
                return Optional.of(time);
            }
        };
    }

    private static void write(TestRooms rooms, String own) {
        for (int i = 0; i < WRITES; i++) {
            String externalId = own + "-" + i;
            rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft(externalId, customer("New " + externalId)));
            rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft(externalId, customer("Old " + externalId)));
        }
    }

    private static List<SeenChange<Customer>> follow(TestRooms rooms, AtomicBoolean writing) {
        List<SeenChange<Customer>> seen = new ArrayList<>();
        String cursor = "BEGINNING";
        boolean last;
        do {
            last = !writing.get();
            ChangePage<Customer> page;
            do {
                page = changes(rooms, cursor, 7);
                seen.addAll(page.changes());
                cursor = page.nextCursor();
            } while (page.more());
        } while (!last);
        return seen;
    }

    private static void appendVersion(TestRooms rooms, org.crmgateway.database.Tx tx, String id, int version) {
        var call = rooms.call(UPDATE_CUSTOMER);
        var current =
                rooms.customers().get(call, new RecordKey(id, null), false).record();
        Change change = new Change(
                "customer",
                id,
                version,
                "updated",
                current.createdAt(),
                current.changedAt(),
                Json.write(current.value()));
        new ChangeLog().append(tx, call, change);
    }

    private static ChangePage<Customer> changes(TestRooms rooms, String cursor, int pageSize) {
        return rooms.customers().changes(rooms.call(GET_CUSTOMER_CHANGES), cursor, pageSize);
    }

    private static List<String> names(ChangePage<Customer> page) {
        return page.changes().stream()
                .map(change -> change.seen().record().value().name())
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
