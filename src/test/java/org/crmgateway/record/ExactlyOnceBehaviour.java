package org.crmgateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.crmgateway.partner.Operation.CREATE_CUSTOMER;
import static org.crmgateway.partner.Operation.CREATE_ORDER;
import static org.crmgateway.partner.Operation.SEARCH_ORDERS;
import static org.crmgateway.partner.Operation.UPDATE_ORDER;
import static org.crmgateway.record.TestRooms.customer;
import static org.crmgateway.record.TestRooms.draft;
import static org.crmgateway.record.TestRooms.line;
import static org.crmgateway.record.TestRooms.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.crmgateway.attack.Attack;
import org.crmgateway.call.Call;
import org.crmgateway.call.Digest;
import org.crmgateway.call.Message;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.idempotency.IdempotencyKey;
import org.crmgateway.idempotency.StoredAnswer;
import org.crmgateway.order.OrderFilter;
import org.crmgateway.order.OrderInput;
import org.crmgateway.registry.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call that is sent again, whatever database is below. */
interface ExactlyOnceBehaviour {
    int TWINS = 12;

    TestRooms rooms();

    @Test
    default void theSameKeyAndPayloadGetTheFirstAnswer() {
        TestRooms rooms = withCustomer(rooms());
        Answered<Receipt> first = create(rooms, rooms.call(CREATE_ORDER, "job-7", "p"), "O-1");
        Answered<Receipt> again = create(rooms, rooms.call(CREATE_ORDER, "job-7", "p"), "O-1");

        assertThat(first.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertThat(again.answer()).isEqualTo(first.answer());
        assertThat(orders(rooms)).isEqualTo(1);
    }

    @Test
    default void theExternalIdOfACreateIsItsKeyWhenNoneIsSent() {
        TestRooms rooms = withCustomer(rooms());
        Answered<Receipt> first = create(rooms, rooms.call(CREATE_ORDER, null, "p"), "O-1");

        assertThat(create(rooms, rooms.call(CREATE_ORDER, null, "p"), "O-1"))
                .isEqualTo(new Answered<>(first.answer(), true));
        assertThat(failure(() -> create(rooms, rooms.call(CREATE_ORDER, null, "other"), "O-1"))
                        .code())
                .isEqualTo(Code.IDEMPOTENCY_MISMATCH);
        assertThat(failure(() -> create(rooms, rooms.call(CREATE_ORDER, "another-key", "p"), "O-1"))
                        .code())
                .isEqualTo(Code.EXTERNAL_ID_TAKEN);
        assertThat(orders(rooms)).isEqualTo(1);
    }

    @Test
    default void theSameKeyWithAnotherPayloadOrOperationIsAMismatch() {
        TestRooms rooms = withCustomer(rooms());
        create(rooms, rooms.call(CREATE_ORDER, "job-7", "p"), "O-1");

        assertThat(failure(() -> create(rooms, rooms.call(CREATE_ORDER, "job-7", "q"), "O-2"))
                        .code())
                .isEqualTo(Code.IDEMPOTENCY_MISMATCH);
        Call update = rooms.call(UPDATE_ORDER, "job-7", "p");
        assertThat(failure(() -> rooms.orders().update(update, draft("O-1", lines("9"))))
                        .code())
                .isEqualTo(Code.IDEMPOTENCY_MISMATCH);
        assertThat(orders(rooms)).isEqualTo(1);
    }

    @Test
    default void aRefusedCallLeavesItsKeyFreeForTheCorrectedOne() {
        TestRooms rooms = withCustomer(rooms());
        Call refused = rooms.call(CREATE_ORDER, "job-7", "wrong");
        failure(() -> rooms.orders().create(refused, draft("O-1", order("unknown", line(1, "1", "1")))));

        Answered<Receipt> corrected = create(rooms, rooms.call(CREATE_ORDER, "job-7", "right"), "O-1");

        assertThat(corrected.replayed()).isFalse();
        assertThat(orders(rooms)).isEqualTo(1);
    }

    @Test
    default void aDryRunIsToldWhatTheCallWouldBe() {
        TestRooms rooms = withCustomer(rooms());
        create(rooms, rooms.call(CREATE_ORDER, "job-7", "p"), "O-1");
        create(rooms, rooms.call(CREATE_ORDER, null, "p"), "O-2");

        assertThat(dryAndReal(rooms, "job-7", "p", "O-1")).containsOnly("replayed O-1");
        assertThat(dryAndReal(rooms, "job-7", "q", "O-1")).containsOnly("IDEMPOTENCY_MISMATCH");
        assertThat(dryAndReal(rooms, null, "p", "O-1")).containsOnly("EXTERNAL_ID_TAKEN");
        assertThat(dryAndReal(rooms, null, "p", "O-2")).containsOnly("replayed O-2");
        assertThat(dryAndReal(rooms, null, "q", "O-2")).containsOnly("IDEMPOTENCY_MISMATCH");
        assertThat(dryAndReal(rooms, "job-8", "p", "O-3")).containsOnly("executed O-3");
    }

    private static List<String> dryAndReal(TestRooms rooms, @Nullable String key, String payload, String externalId) {
        return Stream.of(true, false)
                .map(dry -> {
                    try {
                        Answered<Receipt> answered =
                                create(rooms, rooms.call("erp", CREATE_ORDER, key, payload, dry), externalId);
                        return (answered.replayed() ? "replayed " : "executed ")
                                + answered.answer().externalId();
                    } catch (Failure e) {
                        return e.code().name();
                    }
                })
                .toList();
    }

    @Test
    default void anAnswerGivenAgainIsInTheAudit() {
        TestRooms rooms = withCustomer(rooms());
        Call first = signed(rooms, "job-7", "bytes");
        create(rooms, first, "O-1");
        Call again = signed(rooms, "job-7", "other bytes");
        create(rooms, again, "O-1");
        answerTo(rooms, first);
        create(rooms, rooms.call("erp", CREATE_ORDER, "job-7", "p", true), "O-1");

        assertThat(rooms.audited("call"))
                .containsExactly(
                        "replayed " + again.id().value(),
                        "replayed " + first.id().value());
    }

    @Test
    @Attack("A-Z08")
    default void anotherPartnersKeyIsAnotherKey() {
        TestRooms rooms = withCustomer(rooms());
        create(rooms, rooms.call(CREATE_ORDER, "job-7", "p"), "O-1");
        Call other = rooms.call("shop", CREATE_CUSTOMER, "job-7", "q", false);

        assertThat(rooms.customers()
                        .create(other, draft("S-1", customer("Shop")))
                        .replayed())
                .isFalse();
    }

    @Test
    default void twinsRunOnce() {
        TestRooms rooms = withCustomer(rooms());
        List<String> answers = atOnce(() -> create(rooms, rooms.call(CREATE_ORDER, "job-7", "p"), "O-1")
                .answer()
                .id());

        assertThat(answers).allMatch(id -> id.matches("O[0-9A-Z]{19}"));
        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(orders(rooms)).isEqualTo(1);
    }

    @Test
    default void twinsAtAnExpiredKeyRunOnce() {
        SettableClock clock = new SettableClock();
        TestRooms rooms = rooms().at(clock);
        Call call = rooms.call(CREATE_ORDER, "job-7", "p");
        IdempotencyKey key = IdempotencyKey.of(call, null).orElseThrow();
        AtomicInteger numbers = new AtomicInteger();
        Callable<Answered<Integer>> write = () -> rooms.database()
                .inTransaction(tx -> rooms.idempotency().once(tx, call, key, Integer.class, numbers::incrementAndGet));

        for (int round = 0; round < 5; round++) {
            List<Answered<Integer>> answers = atOnce(write);

            assertThat(answers.stream().filter(answer -> !answer.replayed())).hasSize(1);
            assertThat(answers.stream().map(Answered::answer).distinct()).hasSize(1);
            clock.pass(Duration.ofDays(30));
        }
    }

    @Test
    default void expiredKeysAreForgottenHoweverManyTheyAre() {
        SettableClock clock = new SettableClock();
        TestRooms rooms = rooms().at(clock);
        keys(rooms, 2_500, clock.instant());
        keys(rooms, 1, clock.instant().plusMillis(1));

        assertThat(rooms.idempotency().purge()).isGreaterThanOrEqualTo(2_500);

        assertThat(keys(rooms)).isEqualTo(1);
    }

    @Test
    default void aNodeWhoseClockHasJumpedAheadForgetsNothingThatTheOthersNeed() {
        SettableClock clock = new SettableClock(Instant.now());
        TestRooms rooms = withCustomer(rooms().at(clock));
        Call call = rooms.call(CREATE_ORDER, "job-7", "p");
        rooms.orders().create(call, draft(null, lines("2")));
        int before = keys(rooms);
        clock.pass(Duration.ofDays(31));

        rooms.idempotency().purge();

        assertThat(keys(rooms)).isEqualTo(before).isPositive();
        assertThat(rooms.orders().create(call, draft(null, lines("2"))).replayed())
                .isTrue();
        assertThat(orders(rooms)).isEqualTo(1);
    }

    @Test
    default void anExternalIdStaysTakenWhenItsKeyIsForgotten() {
        SettableClock clock = new SettableClock();
        TestRooms rooms = withCustomer(rooms().at(clock));
        Call call = rooms.call(CREATE_ORDER, null, "p");
        create(rooms, call, "O-1");
        clock.pass(Duration.ofDays(30));
        rooms.idempotency().purge();
        assertThat(keys(rooms)).isZero();

        assertThat(failure(() -> create(rooms, call, "O-1")).code()).isEqualTo(Code.EXTERNAL_ID_TAKEN);
        assertThat(orders(rooms)).isEqualTo(1);
    }

    @Test
    default void whileTheFirstCallRunsTheSecondIsToldToWait() throws Exception {
        TestRooms rooms = rooms();
        Call first = signed(rooms, "job-7", "bytes");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        var thread = Executors.newSingleThreadExecutor();
        try {
            Future<Answered<String>> answer = thread.submit(() -> rooms.database()
                    .inTransaction(tx -> rooms.idempotency()
                            .once(tx, first, IdempotencyKey.of(first, null).orElseThrow(), String.class, () -> {
                                running.countDown();
                                return await(release);
                            })));
            running.await();
            Call second = signed(rooms, "job-7", "other bytes");
            assertThat(failure(() -> create(rooms, second, "O-1")).code()).isEqualTo(Code.IN_PROGRESS);
            assertThat(failure(() -> answerTo(rooms, first)).code()).isEqualTo(Code.IN_PROGRESS);
            release.countDown();
            assertThat(answer.get().answer()).isEqualTo("done");
        } finally {
            release.countDown();
            thread.shutdownNow();
        }
        assertThat(answerTo(rooms, first)).contains(new StoredAnswer(CREATE_ORDER, "\"done\""));
    }

    @Test
    default void theSameBytesOfARefusedCallHaveNoStoredAnswer() {
        TestRooms rooms = withCustomer(rooms());
        Call call = signed(rooms, "job-7", "bytes");
        failure(() -> rooms.orders().create(call, draft("O-1", order("unknown", line(1, "1", "1")))));

        assertThat(answerTo(rooms, call)).isEmpty();
    }

    /** What those of {@link #TWINS} were answered who were not told to wait. */
    private static <T> List<T> atOnce(Callable<T> twin) {
        CountDownLatch start = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(TWINS);
        try {
            List<Future<Optional<T>>> twins = new ArrayList<>();
            for (int i = 0; i < TWINS; i++) {
                twins.add(threads.submit(() -> {
                    start.await();
                    try {
                        return Optional.of(twin.call());
                    } catch (Failure e) {
                        assertThat(e.code()).isEqualTo(Code.IN_PROGRESS);
                        return Optional.empty();
                    }
                }));
            }
            start.countDown();
            List<T> answers = twins.stream()
                    .map(ExactlyOnceBehaviour::result)
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(answers).isNotEmpty();
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<StoredAnswer> answerTo(TestRooms rooms, Call call) {
        return rooms.idempotency().answerTo(call);
    }

    private static Call signed(TestRooms rooms, String key, String bytes) {
        Call call = rooms.call(CREATE_ORDER, key, "p");
        Digest signature = Digest.of(bytes.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Call(
                call.id(),
                call.partner(),
                call.dialect(),
                call.operation(),
                new Message(null, signature),
                call.request());
    }

    private static String await(CountDownLatch latch) {
        try {
            latch.await();
            return "done";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keys(TestRooms rooms, int number, Instant expiresAt) {
        rooms.database().inTransaction(tx -> {
            var rows = tx.handle().prepareBatch("""
                    INSERT INTO idempotency_key (tenant, partner, name, operation, payload, created_at, expires_at)
                    VALUES (:tenant, 'erp', :name, 'createOrder', '', :expiresAt, :expiresAt)""");
            for (int i = 0; i < number; i++) {
                rows.bind("tenant", rooms.tenant())
                        .bind("name", expiresAt + " " + i)
                        .bind("expiresAt", expiresAt)
                        .add();
            }
            return rows.execute();
        });
    }

    private static int keys(TestRooms rooms) {
        return rooms.database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT COUNT(*) FROM idempotency_key WHERE tenant = :tenant")
                        .bind("tenant", rooms.tenant())
                        .mapTo(Integer.class)
                        .one());
    }

    private static TestRooms withCustomer(TestRooms rooms) {
        rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("K-1", customer("Nordwind")));
        return rooms;
    }

    private static Answered<Receipt> create(TestRooms rooms, Call call, String externalId) {
        return rooms.orders().create(call, draft(externalId, lines("2")));
    }

    private static OrderInput lines(String quantity) {
        return order("K-1", line(1, quantity, "9.99"));
    }

    private static int orders(TestRooms rooms) {
        Call search = rooms.call(SEARCH_ORDERS);
        return rooms.orders()
                .search(search, new OrderFilter(null, null, null, null, null, null), 200, null)
                .records()
                .size();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Failure failure(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return failure;
    }
}
