package org.crmgateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.crmgateway.partner.Operation.CANCEL_ORDER;
import static org.crmgateway.partner.Operation.CHANGE_ORDER_STATUS;
import static org.crmgateway.partner.Operation.CREATE_CUSTOMER;
import static org.crmgateway.partner.Operation.CREATE_ORDER;
import static org.crmgateway.partner.Operation.DELETE_CUSTOMER;
import static org.crmgateway.partner.Operation.GET_CUSTOMER;
import static org.crmgateway.partner.Operation.GET_CUSTOMER_CHANGES;
import static org.crmgateway.partner.Operation.GET_ORDER;
import static org.crmgateway.partner.Operation.SAVE_CUSTOMERS;
import static org.crmgateway.partner.Operation.SAVE_ORDERS;
import static org.crmgateway.partner.Operation.SEARCH_CUSTOMERS;
import static org.crmgateway.partner.Operation.SEARCH_ORDERS;
import static org.crmgateway.partner.Operation.UNDELETE_CUSTOMER;
import static org.crmgateway.partner.Operation.UPDATE_CUSTOMER;
import static org.crmgateway.partner.Operation.UPDATE_ORDER;
import static org.crmgateway.partner.Operation.UPSERT_CUSTOMER;
import static org.crmgateway.partner.Operation.UPSERT_ORDER;
import static org.crmgateway.record.TestRooms.customer;
import static org.crmgateway.record.TestRooms.draft;
import static org.crmgateway.record.TestRooms.input;
import static org.crmgateway.record.TestRooms.line;
import static org.crmgateway.record.TestRooms.named;
import static org.crmgateway.record.TestRooms.order;
import static org.crmgateway.record.TestRooms.orderIn;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.crmgateway.attack.Attack;
import org.crmgateway.call.Call;
import org.crmgateway.customer.Customer;
import org.crmgateway.customer.CustomerFilter;
import org.crmgateway.customer.CustomerInput;
import org.crmgateway.customer.CustomerStatus;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.Violation;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.order.Order;
import org.crmgateway.order.OrderFilter;
import org.crmgateway.order.OrderStatus;
import org.crmgateway.partner.Operation;
import org.crmgateway.registry.SettableClock;
import org.junit.jupiter.api.Test;

/** What customers and orders do, whatever database is below. */
interface RecordsBehaviour {
    /** The rooms, for partners of a tenant of this test's own. */
    TestRooms rooms();

    @Test
    default void aCreatedCustomerIsFoundByOurIdAndByTheCallersOwn() {
        TestRooms rooms = rooms();
        Receipt receipt = rooms.customers()
                .create(rooms.call(CREATE_CUSTOMER), draft("K-1", customer("Nordwind")))
                .answer();

        assertThat(receipt.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(receipt.id()).matches("[0-9A-Z]{20}");
        assertThat(receipt.version()).isEqualTo(1);
        Seen<Customer> byExternalId = rooms.customers().get(rooms.call(GET_CUSTOMER), named("K-1"), false);
        Seen<Customer> byId = rooms.customers().get(rooms.call(GET_CUSTOMER), new RecordKey(receipt.id(), null), false);
        assertThat(byId).isEqualTo(byExternalId);
        assertThat(byId.externalId()).isEqualTo("K-1");
        assertThat(byId.record().value().name()).isEqualTo("Nordwind");
    }

    @Test
    @Attack("A-Z02")
    default void anotherTenantsRecordDoesNotExist() {
        TestRooms rooms = rooms();
        Receipt receipt = rooms.customers()
                .create(rooms.call(CREATE_CUSTOMER), draft("K-1", customer("Nordwind")))
                .answer();
        TestRooms foreign = rooms.forNewTenant();

        Failure unknown =
                failure(() -> foreign.customers().get(foreign.call(GET_CUSTOMER), new RecordKey("C0", null), false));
        Failure hidden = failure(
                () -> foreign.customers().get(foreign.call(GET_CUSTOMER), new RecordKey(receipt.id(), null), false));

        assertThat(hidden.code()).isEqualTo(Code.CUSTOMER_NOT_FOUND).isEqualTo(unknown.code());
        assertThat(hidden.detail()).isEqualTo(unknown.detail());
    }

    @Test
    default void partnersOfATenantShareRecordsUnderTheirOwnNames() {
        TestRooms rooms = rooms();
        Receipt receipt = rooms.customers()
                .create(rooms.call(CREATE_CUSTOMER), draft("K-1", customer("Nordwind")))
                .answer();
        Call other = rooms.call("shop", UPDATE_CUSTOMER, null, "", false);

        Receipt named = rooms.customers()
                .update(other, new Draft<>(new RecordKey(receipt.id(), "S-9"), null, customer(null)))
                .answer();

        assertThat(named.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(rooms.customers().get(other, named("S-9"), false).record().id())
                .isEqualTo(receipt.id());
        assertThat(failure(() -> rooms.customers().get(other, named("K-1"), false))
                        .code())
                .isEqualTo(Code.CUSTOMER_NOT_FOUND);
        assertThat(failure(() -> rooms.customers()
                                .update(
                                        rooms.call("shop", UPDATE_CUSTOMER, null, "", false),
                                        new Draft<>(new RecordKey(create(rooms, "K-2"), "S-9"), null, customer(null))))
                        .code())
                .isEqualTo(Code.EXTERNAL_ID_TAKEN);
    }

    @Test
    default void aNewNameOfARecordIsInTheAuditAndNotInTheChanges() {
        TestRooms rooms = rooms();
        String id = create(rooms, "K-1");
        Draft<CustomerInput> named = new Draft<>(new RecordKey(id, "K-2"), null, customer(null));

        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), named);
        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), named);
        rooms.sealer().seal();

        assertThat(rooms.audited("customer")).containsExactly("created " + id, "named " + id);
        assertThat(rooms.customers()
                        .changes(rooms.call(GET_CUSTOMER_CHANGES), "BEGINNING", 10)
                        .changes())
                .hasSize(1);
    }

    @Test
    default void anUpdateChangesWhatIsSentAndCountsTheVersion() {
        TestRooms rooms = rooms();
        create(rooms, "K-1");

        Receipt updated = rooms.customers()
                .update(rooms.call(UPDATE_CUSTOMER), draft("K-1", TestRooms.status(CustomerStatus.BLOCKED)))
                .answer();
        Receipt same = rooms.customers()
                .update(rooms.call(UPDATE_CUSTOMER), draft("K-1", TestRooms.status(CustomerStatus.BLOCKED)))
                .answer();

        assertThat(updated.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(updated.version()).isEqualTo(2);
        assertThat(same.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(same.version()).isEqualTo(2);
        Customer value = rooms.customers()
                .get(rooms.call(GET_CUSTOMER), named("K-1"), false)
                .record()
                .value();
        assertThat(value.name()).isEqualTo("Customer K-1");
        assertThat(value.status()).isEqualTo(CustomerStatus.BLOCKED);
    }

    @Test
    default void aStaleVersionIsRefusedWithTheCurrentOne() {
        TestRooms rooms = rooms();
        String id = create(rooms, "K-1");
        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft("K-1", TestRooms.status(CustomerStatus.BLOCKED)));

        Failure stale = failure(() -> rooms.customers()
                .update(
                        rooms.call(UPDATE_CUSTOMER),
                        new Draft<>(named("K-1"), 1, TestRooms.status(CustomerStatus.CLOSED))));

        assertThat(stale.code()).isEqualTo(Code.VERSION_STALE);
        assertThat(stale.detail().recordId()).isEqualTo(id);
        assertThat(stale.detail().currentVersion()).isEqualTo(2);
    }

    @Test
    default void ofManyWritersThatBelieveInTheSameVersionOneWins() throws Exception {
        TestRooms rooms = rooms();
        create(rooms, "K-1");
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "Writer " + i;
                writers.add(() -> {
                    try {
                        Draft<CustomerInput> draft = new Draft<>(named("K-1"), 1, customer(name));
                        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft);
                        return name;
                    } catch (Failure e) {
                        return e.code().name();
                    }
                });
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> outcome : threads.invokeAll(writers)) {
                outcomes.add(outcome.get());
            }
            var now = rooms.customers()
                    .get(rooms.call(GET_CUSTOMER), named("K-1"), false)
                    .record();
            assertThat(now.version()).isEqualTo(2);
            assertThat(outcomes).containsOnlyOnce(now.value().name());
            assertThat(outcomes.stream().filter("VERSION_STALE"::equals)).hasSize(7);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void aKeyWithBothIdsMustMeanOneRecord() {
        TestRooms rooms = rooms();
        String first = create(rooms, "K-1");
        create(rooms, "K-2");

        assertThat(rooms.customers()
                        .get(rooms.call(GET_CUSTOMER), new RecordKey(first, "K-1"), false)
                        .externalId())
                .isEqualTo("K-1");
        assertThat(failure(() -> rooms.customers().get(rooms.call(GET_CUSTOMER), new RecordKey(first, "K-2"), false))
                        .code())
                .isEqualTo(Code.CUSTOMER_NOT_FOUND);
    }

    @Test
    default void anUpsertCreatesWhatIsUnknownAndUpdatesWhatIsThere() {
        TestRooms rooms = rooms();
        Receipt first = rooms.customers()
                .upsert(rooms.call(UPSERT_CUSTOMER), draft("K-1", customer("Nordwind")))
                .answer();
        Receipt second = rooms.customers()
                .upsert(rooms.call(UPSERT_CUSTOMER), draft("K-1", customer("Nordwind AG")))
                .answer();

        assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(second.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    default void aMissingNameIsNamedByPathAndRule() {
        TestRooms rooms = rooms();
        Failure refused =
                failure(() -> rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("K-1", customer(null))));

        assertThat(refused.code()).isEqualTo(Code.RULE_VIOLATION);
        assertThat(refused.detail().violations()).containsExactly(new Violation("customer/name", "REQUIRED"));
        assertThat(failure(() -> rooms.customers().get(rooms.call(GET_CUSTOMER), named("K-1"), false))
                        .code())
                .isEqualTo(Code.CUSTOMER_NOT_FOUND);
    }

    @Test
    default void aDryRunRunsEveryRuleAndWritesNothing() {
        TestRooms rooms = rooms();
        Call dry = rooms.call("erp", CREATE_CUSTOMER, "key", "", true);

        Answered<Receipt> answer = rooms.customers().create(dry, draft("K-1", customer("Nordwind")));

        assertThat(answer.answer().outcome()).isEqualTo(Outcome.CREATED);
        assertThat(failure(() -> rooms.customers().get(rooms.call(GET_CUSTOMER), named("K-1"), false))
                        .code())
                .isEqualTo(Code.CUSTOMER_NOT_FOUND);
        assertThat(rooms.customers()
                        .create(rooms.call(CREATE_CUSTOMER, "key", "x"), draft("K-1", customer("Nordwind")))
                        .replayed())
                .isFalse();
    }

    @Test
    default void aDryRunOfAnyWriteAnswersAsTheWriteAndLeavesNoTrace() {
        var anOrder = order("K-1", line(1, "3", "7"));
        var rows = List.of(new Row<>("1", draft("O-1", anOrder)), new Row<>("2", draft("O-2", order(null))));
        Map<Operation, BiFunction<TestRooms, Call, Object>> writes = Map.of(
                UPDATE_CUSTOMER,
                (rooms, call) -> rooms.customers().update(call, draft("K-1", TestRooms.status(CustomerStatus.CLOSED))),
                UPSERT_CUSTOMER,
                (rooms, call) -> rooms.customers().upsert(call, draft("K-1", customer("Nordwind"))),
                DELETE_CUSTOMER,
                (rooms, call) -> rooms.customers().delete(call, named("K-2"), null),
                UNDELETE_CUSTOMER,
                (rooms, call) -> rooms.customers().undelete(call, named("K-3"), null),
                UPDATE_ORDER,
                (rooms, call) -> rooms.orders().update(call, draft("O-1", anOrder)),
                UPSERT_ORDER,
                (rooms, call) -> rooms.orders().upsert(call, draft("O-1", anOrder)),
                CHANGE_ORDER_STATUS,
                (rooms, call) -> rooms.orders().changeStatus(call, named("O-1"), null, OrderStatus.CONFIRMED),
                CANCEL_ORDER,
                (rooms, call) -> rooms.orders().cancel(call, named("O-1"), 1, "test"),
                SAVE_ORDERS,
                (rooms, call) -> rooms.orders().save(call, rows, false).answer().results());
        writes.forEach((operation, write) -> {
            TestRooms rooms = rooms();
            List.of("K-1", "K-2", "K-3").forEach(externalId -> create(rooms, externalId));
            rooms.customers().delete(rooms.call(DELETE_CUSTOMER), named("K-3"), null);
            rooms.orders().create(rooms.call(CREATE_ORDER), draft("O-1", order("K-1", line(1, "2", "9.99"))));
            var before = everything(rooms);

            Object tried = write.apply(rooms, rooms.call("erp", operation, "key", "p", true));

            assertThat(everything(rooms)).as(operation.wireName()).isEqualTo(before);
            assertThat(write.apply(rooms, rooms.call(operation, "key", "p"))).isEqualTo(tried);
            assertThat(everything(rooms)).as(operation.wireName()).isNotEqualTo(before);
        });
    }

    /** What writes have left behind, by table. */
    private static Map<String, List<String>> everything(TestRooms rooms) {
        Map<String, String> traces = Map.of(
                "customer", "id || ' ' || version",
                "sales_order", "id || ' ' || version",
                "external_id", "external_id || ' ' || record_id",
                "change_entry", "record_id || ' ' || version",
                "audit_entry", "record_id || ' ' || event",
                "idempotency_key", "name");
        Map<String, List<String>> everything = new TreeMap<>();
        traces.forEach((table, trace) -> everything.put(
                table,
                rooms.database()
                        .inTransaction(tx -> tx.handle()
                                .createQuery(
                                        "SELECT " + trace + " FROM " + table + " WHERE tenant = :tenant ORDER BY 1")
                                .bind("tenant", rooms.tenant())
                                .mapTo(String.class)
                                .list())));
        return everything;
    }

    @Test
    @Attack("A-D20")
    default void aCustomerWithOpenOrdersCannotBeDeletedAndADeletedOneComesBack() {
        TestRooms rooms = rooms();
        create(rooms, "K-1");
        rooms.orders().create(rooms.call(CREATE_ORDER), draft("O-1", order("K-1", line(1, "2", "9.99"))));

        assertThat(failure(() -> rooms.customers().delete(rooms.call(DELETE_CUSTOMER), named("K-1"), null))
                        .code())
                .isEqualTo(Code.CUSTOMER_HAS_OPEN_ORDERS);
        rooms.orders().cancel(rooms.call(CANCEL_ORDER), named("O-1"), null, "test");
        Receipt deleted = rooms.customers()
                .delete(rooms.call(DELETE_CUSTOMER), named("K-1"), null)
                .answer();
        assertThat(deleted.outcome()).isEqualTo(Outcome.DELETED);
        assertThat(names(rooms, filter(null, false))).isEmpty();
        assertThat(names(rooms, filter(null, true))).containsExactly("Customer K-1");
        assertThat(failure(() -> rooms.orders()
                                .create(rooms.call(CREATE_ORDER), draft("O-2", order("K-1", line(1, "1", "1")))))
                        .code())
                .isEqualTo(Code.CUSTOMER_DELETED);
        assertThat(rooms.customers()
                        .undelete(rooms.call(UNDELETE_CUSTOMER), named("K-1"), null)
                        .answer()
                        .outcome())
                .isEqualTo(Outcome.UNDELETED);
        assertThat(failure(() -> rooms.customers().undelete(rooms.call(UNDELETE_CUSTOMER), named("K-1"), null))
                        .code())
                .isEqualTo(Code.CUSTOMER_NOT_DELETED);
    }

    @Test
    default void ofAnOrderAndTheDeletionOfItsCustomerAtOnceOneIsRefused() throws Exception {
        TestRooms rooms = rooms();
        var threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                String name = "K-" + round;
                create(rooms, name);
                CyclicBarrier together = new CyclicBarrier(2);
                Future<String> ordered = threads.submit(outcome(
                        together,
                        () -> rooms.orders()
                                .create(rooms.call(CREATE_ORDER), draft(name, order(name, line(1, "1", "1"))))));
                Future<String> deleted = threads.submit(outcome(
                        together, () -> rooms.customers().delete(rooms.call(DELETE_CUSTOMER), named(name), null)));

                assertThat(ordered.get() + " " + deleted.get())
                        .isIn("CREATED CUSTOMER_HAS_OPEN_ORDERS", "CUSTOMER_DELETED DELETED");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<String> outcome(CyclicBarrier together, Supplier<Answered<Receipt>> write) {
        return () -> {
            together.await();
            try {
                return write.get().answer().outcome().name();
            } catch (Failure e) {
                return e.code().name();
            }
        };
    }

    @Test
    default void anOrderGoesItsWayOneStepAtATime() {
        TestRooms rooms = rooms();
        create(rooms, "K-1");
        rooms.orders()
                .create(
                        rooms.call(CREATE_ORDER),
                        draft("O-1", orderIn(OrderStatus.DRAFT, "K-1", line(1, "2", "9.99"))));

        assertThat(step(rooms, OrderStatus.CONFIRMED).code()).isEqualTo(Code.STATUS_TRANSITION_SKIPS);
        for (OrderStatus next : List.of(OrderStatus.PLACED, OrderStatus.CONFIRMED)) {
            rooms.orders().changeStatus(rooms.call(CHANGE_ORDER_STATUS), named("O-1"), null, next);
        }
        assertThat(rooms.orders()
                        .changeStatus(rooms.call(CHANGE_ORDER_STATUS), named("O-1"), null, OrderStatus.CONFIRMED)
                        .answer()
                        .outcome())
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(step(rooms, OrderStatus.PLACED).code()).isEqualTo(Code.STATUS_TRANSITION_BACKWARD);
        assertThat(failure(() -> rooms.orders()
                                .update(rooms.call(UPDATE_ORDER), draft("O-1", orderIn(null, null, line(1, "3", "1")))))
                        .code())
                .isEqualTo(Code.ORDER_NOT_EDITABLE);
        rooms.orders().changeStatus(rooms.call(CHANGE_ORDER_STATUS), named("O-1"), null, OrderStatus.SHIPPED);
        assertThat(failure(() -> rooms.orders().cancel(rooms.call(CANCEL_ORDER), named("O-1"), null, "late"))
                        .code())
                .isEqualTo(Code.CANCEL_TOO_LATE);
        for (OrderStatus next : List.of(OrderStatus.INVOICED, OrderStatus.CLOSED)) {
            rooms.orders().changeStatus(rooms.call(CHANGE_ORDER_STATUS), named("O-1"), null, next);
        }
        assertThat(step(rooms, OrderStatus.SHIPPED).code()).isEqualTo(Code.STATUS_FINAL);
    }

    @Test
    default void blockedAndClosedCustomersGetNoNewOrders() {
        TestRooms rooms = rooms();
        create(rooms, "K-1");
        var draft = draft("O-1", order("K-1", line(1, "1", "1")));
        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft("K-1", TestRooms.status(CustomerStatus.BLOCKED)));
        assertThat(failure(() -> rooms.orders().create(rooms.call(CREATE_ORDER), draft))
                        .code())
                .isEqualTo(Code.CUSTOMER_BLOCKED);
        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft("K-1", TestRooms.status(CustomerStatus.CLOSED)));
        assertThat(failure(() -> rooms.orders().create(rooms.call(CREATE_ORDER), draft))
                        .code())
                .isEqualTo(Code.CUSTOMER_CLOSED);
        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft("K-1", TestRooms.status(CustomerStatus.ACTIVE)));
        assertThat(rooms.orders()
                        .create(rooms.call(CREATE_ORDER), draft)
                        .answer()
                        .totals())
                .isNotNull();
    }

    @Test
    default void aBatchGivesARowForARowAndFailsOnlyWhatIsWrong() {
        TestRooms rooms = rooms();
        var rows = List.of(
                new Row<>("1", draft("K-1", customer("Ahorn"))),
                new Row<>("2", draft("K-2", customer(null))),
                new Row<>("3", draft("K-3", customer("Birke"))),
                new Row<>("4", draft("K-3", customer("Buche"))));

        BatchReceipt batch =
                rooms.customers().save(rooms.call(SAVE_CUSTOMERS), rows, false).answer();

        assertThat(batch.committed()).isTrue();
        assertThat(batch.results().stream().map(RowResult::outcome))
                .containsExactly(Outcome.CREATED, Outcome.FAILED, Outcome.FAILED, Outcome.FAILED);
        assertThat(batch.results().get(3).violations())
                .containsExactly(new Violation("customer/externalId", "DUPLICATE"));
        assertThat(names(rooms, filter(null, false))).containsExactly("Ahorn");
    }

    @Test
    default void aFailedRowNamesARecordOnlyWhereTheSenderCanGoOnWithIt() {
        TestRooms rooms = rooms();
        String id = create(rooms, "K-1");
        create(rooms, "K-2");
        String other = create(rooms, "K-3");
        rooms.customers().delete(rooms.call(DELETE_CUSTOMER), named("K-2"), null);
        var rows = List.of(
                new Row<>("1", new Draft<>(new RecordKey(id, null), 7, customer("Ahorn"))),
                new Row<>("2", new Draft<>(new RecordKey(other, "K-1"), null, customer("Birke"))),
                new Row<>("3", draft("K-2", customer("Buche"))));

        List<RowResult> results = rooms.customers()
                .save(rooms.call(SAVE_CUSTOMERS), rows, false)
                .answer()
                .results();

        assertThat(results.stream().map(RowResult::code))
                .containsExactly(Code.VERSION_STALE, Code.EXTERNAL_ID_TAKEN, Code.CUSTOMER_DELETED);
        assertThat(results.stream().map(RowResult::id)).containsExactly(id, id, null);
        assertThat(results.stream().map(RowResult::version)).containsExactly(1, 1, null);
    }

    @Test
    default void anAllOrNoneBatchWithOneBadRowWritesNothingAndLeavesItsKeyFree() {
        TestRooms rooms = rooms();
        var bad =
                List.of(new Row<>("1", draft("K-1", customer("Ahorn"))), new Row<>("2", draft("K-2", customer(null))));
        var good = List.of(
                new Row<>("1", draft("K-1", customer("Ahorn"))), new Row<>("2", draft("K-2", customer("Birke"))));

        BatchReceipt refused = rooms.customers()
                .save(rooms.call(SAVE_CUSTOMERS, "batch-1", "bad"), bad, true)
                .answer();

        assertThat(refused.committed()).isFalse();
        assertThat(refused.results().stream().map(RowResult::outcome))
                .containsExactly(Outcome.NOT_APPLIED, Outcome.FAILED);
        assertThat(names(rooms, filter(null, false))).isEmpty();
        Answered<BatchReceipt> corrected =
                rooms.customers().save(rooms.call(SAVE_CUSTOMERS, "batch-1", "good"), good, true);
        assertThat(corrected.replayed()).isFalse();
        assertThat(names(rooms, filter(null, false))).containsExactly("Ahorn", "Birke");
        Answered<BatchReceipt> again =
                rooms.customers().save(rooms.call(SAVE_CUSTOMERS, "batch-1", "good"), good, true);
        assertThat(again.replayed()).isTrue();
        assertThat(again.answer()).isEqualTo(corrected.answer());
    }

    @Test
    default void aBatchOfWhichNothingIsWrittenSaysSoAndLeavesItsKeyFree() {
        TestRooms rooms = rooms();
        var bad = List.of(new Row<>("1", draft("K-1", customer(null))), new Row<>("2", draft("K-2", customer(null))));
        var good = List.of(new Row<>("1", draft("K-1", customer("Ahorn"))));

        Answered<BatchReceipt> failed =
                rooms.customers().save(rooms.call(SAVE_CUSTOMERS, "batch-1", "bad"), bad, false);
        Answered<BatchReceipt> tried =
                rooms.customers().save(rooms.call("erp", SAVE_CUSTOMERS, "batch-1", "good", true), good, false);
        Answered<BatchReceipt> done =
                rooms.customers().save(rooms.call(SAVE_CUSTOMERS, "batch-1", "good"), good, false);

        assertThat(failed.answer().committed()).isFalse();
        assertThat(tried.answer().committed()).isFalse();
        assertThat(tried.answer().results().get(0).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(done.answer().committed()).isTrue();
        assertThat(done.replayed()).isFalse();
    }

    @Test
    default void searchesArePagedInTheBinaryOrderOfTheFoldedName() {
        TestRooms rooms = rooms();
        List<String> names = List.of("ΟΔΟΣ", "ΟΔΟΣΗΜΟ", "ÄRZTE", "beta", "Alpha", "alpha 2", "ｂｅｔａ", "上海");
        for (int i = 0; i < names.size(); i++) {
            rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("K-" + i, customer(names.get(i))));
        }
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            Page<Customer> page =
                    rooms.customers().search(rooms.call(SEARCH_CUSTOMERS), filter(null, false), 2, cursor);
            assertThat(page.records().size()).isBetween(1, 2);
            assertThat(page.changesCursor() == null).isEqualTo(cursor != null);
            page.records().forEach(seen -> found.add(seen.record().value().name()));
            cursor = page.nextCursor();
        } while (cursor != null);

        // Names that fold to the same are in the order of their ids, which is any order within a millisecond.
        assertThat(found.subList(0, 2)).containsExactly("Alpha", "alpha 2");
        assertThat(found.subList(2, 4)).containsExactlyInAnyOrder("beta", "ｂｅｔａ");
        assertThat(found.subList(4, found.size())).containsExactly("ÄRZTE", "ΟΔΟΣ", "ΟΔΟΣΗΜΟ", "上海");
        assertThat(names(rooms, filter("ALPHA", false))).containsExactly("Alpha", "alpha 2");
        assertThat(names(rooms, filter("Be", false))).containsExactlyInAnyOrder("beta", "ｂｅｔａ");
        assertThat(names(rooms, filter("ΟΔΟΣ", false))).containsExactly("ΟΔΟΣ", "ΟΔΟΣΗΜΟ");
        assertThat(names(rooms, filter("%", false))).isEmpty();
    }

    @Test
    default void largeRecordsEndAPageOfASearchAndOfTheChangesEarlier() {
        TestRooms rooms = rooms();
        for (int i = 0; i < 5; i++) {
            rooms.customers()
                    .create(
                            rooms.call(CREATE_CUSTOMER),
                            draft(
                                    "K-" + i,
                                    input(
                                            CustomerInput.class,
                                            "{name: 'Customer " + i + "', kind: 'PERSON', notes: '"
                                                    + "x".repeat(600_000) + "'}")));
        }
        rooms.sealer().seal();

        Page<Customer> first = rooms.customers().search(rooms.call(SEARCH_CUSTOMERS), filter(null, false), 10, null);
        Page<Customer> second =
                rooms.customers().search(rooms.call(SEARCH_CUSTOMERS), filter(null, false), 10, first.nextCursor());
        ChangePage<Customer> before = rooms.customers().changes(rooms.call(GET_CUSTOMER_CHANGES), "BEGINNING", 10);
        ChangePage<Customer> after =
                rooms.customers().changes(rooms.call(GET_CUSTOMER_CHANGES), before.nextCursor(), 10);

        assertThat(first.records()).hasSize(3);
        assertThat(second.records().stream().map(seen -> seen.record().value().name()))
                .containsExactly("Customer 3", "Customer 4");
        assertThat(second.nextCursor()).isNull();
        assertThat(before.changes()).hasSize(3);
        assertThat(before.more()).isTrue();
        assertThat(after.changes().stream()
                        .map(change -> change.seen().record().value().name()))
                .containsExactly("Customer 3", "Customer 4");
        assertThat(after.more()).isFalse();
    }

    @Test
    @Attack("A-D17")
    default void aCursorServesOnlyTheSearchAndThePartnerItWasIssuedTo() {
        TestRooms rooms = rooms();
        create(rooms, "K-1");
        create(rooms, "K-2");
        String cursor = rooms.customers()
                .search(rooms.call(SEARCH_CUSTOMERS), filter(null, false), 1, null)
                .nextCursor();

        for (String forged : List.of("x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", cursor.substring(1), cursor + "A")) {
            assertThat(failure(() -> rooms.customers()
                                    .search(rooms.call(SEARCH_CUSTOMERS), filter(null, false), 1, forged))
                            .code())
                    .isEqualTo(Code.CURSOR_INVALID);
        }
        assertThat(failure(() -> rooms.customers().search(rooms.call(SEARCH_CUSTOMERS), filter("C", false), 1, cursor))
                        .code())
                .isEqualTo(Code.CURSOR_INVALID);
        assertThat(failure(() -> rooms.customers()
                                .search(
                                        rooms.call("shop", SEARCH_CUSTOMERS, null, "", false),
                                        filter(null, false),
                                        1,
                                        cursor))
                        .code())
                .isEqualTo(Code.CURSOR_INVALID);
    }

    @Test
    default void customersAreFoundByTheDayTheyAreValidOn() {
        TestRooms rooms = rooms();
        Map<String, String> periods = Map.of(
                "always", "",
                "from", ", validFrom: '2026-02-02'",
                "until", ", validUntil: '2026-02-02'",
                "between", ", validFrom: '2026-02-02', validUntil: '2026-02-28'");
        periods.forEach((name, period) -> rooms.customers()
                .create(
                        rooms.call(CREATE_CUSTOMER),
                        draft(
                                name,
                                input(CustomerInput.class, "{name: '" + name + "', kind: 'PERSON'" + period + "}"))));

        assertThat(names(rooms, validOn("2026-02-01"))).containsExactly("always", "until");
        assertThat(names(rooms, validOn("2026-02-02"))).containsExactly("always", "between", "from", "until");
        assertThat(names(rooms, validOn("2026-02-28"))).containsExactly("always", "between", "from");
        assertThat(names(rooms, validOn("2026-03-01"))).containsExactly("always", "from");
    }

    @Test
    default void recordsAreFoundByWhenTheyChanged() {
        SettableClock clock = new SettableClock();
        TestRooms rooms = rooms().at(clock);
        create(rooms, "K-1");
        create(rooms, "K-2");
        rooms.orders().create(rooms.call(CREATE_ORDER), draft("O-1", order("K-1", line(1, "1", "1"))));
        rooms.orders().create(rooms.call(CREATE_ORDER), draft("O-2", order("K-1", line(1, "1", "1"))));
        clock.pass(Duration.ofMillis(1));
        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft("K-1", TestRooms.status(CustomerStatus.BLOCKED)));
        rooms.orders().cancel(rooms.call(CANCEL_ORDER), named("O-2"), null, "test");

        assertThat(names(rooms, changedSince(clock.instant()))).containsExactly("Customer K-1");
        assertThat(names(rooms, changedSince(clock.instant().minusMillis(1)))).hasSize(2);
        assertThat(names(rooms, changedSince(clock.instant().plusMillis(1)))).isEmpty();
        assertThat(ordersChangedSince(rooms, clock.instant())).containsExactly("O-2");
        assertThat(ordersChangedSince(rooms, clock.instant().minusMillis(1))).containsExactlyInAnyOrder("O-1", "O-2");
        assertThat(ordersChangedSince(rooms, clock.instant().plusMillis(1))).isEmpty();
    }

    private static CustomerFilter validOn(String day) {
        return new CustomerFilter(null, null, null, null, null, LocalDate.parse(day), null, false);
    }

    private static CustomerFilter changedSince(Instant moment) {
        return new CustomerFilter(null, null, null, null, moment, null, null, false);
    }

    private static List<String> ordersChangedSince(TestRooms rooms, Instant moment) {
        OrderFilter filter = new OrderFilter(null, null, moment, null, null, null);
        return rooms.orders().search(rooms.call(SEARCH_ORDERS), filter, 10, null).records().stream()
                .map(Seen::externalId)
                .toList();
    }

    @Test
    default void ordersAreFoundByCustomerAndShowTheCallersNameOfIt() {
        TestRooms rooms = rooms();
        create(rooms, "K-1");
        create(rooms, "K-2");
        rooms.orders().create(rooms.call(CREATE_ORDER), draft("O-1", order("K-1", line(1, "2", "9.99"))));
        rooms.orders().create(rooms.call(CREATE_ORDER), draft("O-2", order("K-2", line(1, "1", "5"))));

        Page<Order> page = rooms.orders()
                .search(
                        rooms.call(SEARCH_ORDERS),
                        new OrderFilter(named("K-2"), null, null, null, null, null),
                        10,
                        null);

        assertThat(page.records()).hasSize(1);
        Seen<Order> seen = page.records().get(0);
        assertThat(seen.externalId()).isEqualTo("O-2");
        assertThat(seen.names().get(seen.record().value().customerId())).isEqualTo("K-2");
        assertThat(rooms.orders().get(rooms.call(GET_ORDER), named("O-2"))).isEqualTo(seen);
    }

    @Test
    default void aSnapshotFollowedByItsChangesHasNoGap() {
        TestRooms rooms = rooms();
        create(rooms, "K-1");
        rooms.sealer().seal();
        create(rooms, "K-2");
        Page<Customer> snapshot = rooms.customers()
                .search(rooms.call("shop", SEARCH_CUSTOMERS, null, "", false), filter(null, false), 10, null);
        create(rooms, "K-3");
        rooms.customers().delete(rooms.call(DELETE_CUSTOMER), named("K-1"), null);
        rooms.sealer().seal();

        ChangePage<Customer> page = rooms.customers()
                .changes(rooms.call("shop", GET_CUSTOMER_CHANGES, null, "", false), snapshot.changesCursor(), 10);

        assertThat(page.changes().stream()
                        .map(change -> change.event() + " "
                                + change.seen().record().value().name()))
                .containsExactly("created Customer K-2", "created Customer K-3", "deleted Customer K-1");
        assertThat(page.changes()).noneMatch(SeenChange::own);
        assertThat(page.more()).isFalse();
        ChangePage<Customer> next = rooms.customers()
                .changes(rooms.call("shop", GET_CUSTOMER_CHANGES, null, "", false), page.nextCursor(), 10);
        assertThat(next.changes()).isEmpty();
    }

    private static CustomerFilter filter(String name, boolean includeDeleted) {
        return new CustomerFilter(name, null, null, null, null, null, null, includeDeleted);
    }

    private static List<String> names(TestRooms rooms, CustomerFilter filter) {
        return rooms.customers().search(rooms.call(SEARCH_CUSTOMERS), filter, 100, null).records().stream()
                .map(seen -> seen.record().value().name())
                .toList();
    }

    private static String create(TestRooms rooms, String externalId) {
        return rooms.customers()
                .create(rooms.call(CREATE_CUSTOMER), draft(externalId, customer("Customer " + externalId)))
                .answer()
                .id();
    }

    private static Failure step(TestRooms rooms, OrderStatus next) {
        return failure(() -> rooms.orders().changeStatus(rooms.call(CHANGE_ORDER_STATUS), named("O-1"), null, next));
    }

    private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return failure;
    }
}
