package org.crmgateway.order;

import java.util.List;
import org.crmgateway.call.Call;
import org.crmgateway.customer.Customers;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.record.BatchReceipt;
import org.crmgateway.record.ChangePage;
import org.crmgateway.record.Draft;
import org.crmgateway.record.Effect;
import org.crmgateway.record.Outcome;
import org.crmgateway.record.Page;
import org.crmgateway.record.Receipt;
import org.crmgateway.record.RecordGround;
import org.crmgateway.record.RecordKey;
import org.crmgateway.record.Records;
import org.crmgateway.record.Row;
import org.crmgateway.record.Seen;
import org.jspecify.annotations.Nullable;

/** What can be done with orders. */
public final class Orders {
    /** What one batch may carry in all, so that its transaction stays short. */
    private static final int MOST_LINES_IN_BATCH = 2000;

    private final Records<Order, OrderInput> records;
    private final Customers customers;

    public Orders(RecordGround ground, Customers customers) {
        this.records =
                new Records<>(ground, OrderTable.table(), new OrderRules(customers), Order.class, OrderTable.BY_DATE);
        this.customers = customers;
    }

    /** @throws Failure CUSTOMER_NOT_FOUND, CUSTOMER_BLOCKED, CUSTOMER_CLOSED, CUSTOMER_DELETED, EXTERNAL_ID_TAKEN */
    public Answered<Receipt> create(Call call, Draft<OrderInput> draft) {
        return records.create(call, draft);
    }

    public Seen<Order> get(Call call, RecordKey key) {
        return records.get(call, key, false);
    }

    /** @throws Failure ORDER_NOT_EDITABLE from CONFIRMED on */
    public Answered<Receipt> update(Call call, Draft<OrderInput> draft) {
        return records.update(call, draft);
    }

    public Answered<Receipt> upsert(Call call, Draft<OrderInput> draft) {
        return records.upsert(call, draft);
    }

    /** @throws Failure RULE_VIOLATION/TOO_MANY_LINES for more than 2,000 lines in all */
    public Answered<BatchReceipt> save(Call call, List<Row<OrderInput>> rows, boolean allOrNone) {
        int lines = rows.stream()
                .map(row -> row.draft().input().lines())
                .mapToInt(sent -> sent == null ? 0 : sent.entries().size())
                .sum();
        if (lines > MOST_LINES_IN_BATCH) {
            throw Failure.rule("row", "TOO_MANY_LINES");
        }
        return records.save(call, rows, allOrNone);
    }

    /**
     * Moves an order one step on; to where it already is: unchanged.
     *
     * @throws Failure STATUS_TRANSITION_SKIPS, STATUS_TRANSITION_BACKWARD or STATUS_FINAL
     */
    public Answered<Receipt> changeStatus(
            Call call, RecordKey key, @Nullable Integer expectedVersion, OrderStatus next) {
        return records.act(call, key, expectedVersion, (tx, current) -> {
            OrderStatus now = current.value().status();
            if (now == next) {
                return Effect.none(current);
            }
            now.checkStepTo(next, current);
            return new Effect<>(Outcome.STATUS_CHANGED, current.value().with(next), false);
        });
    }

    /**
     * Cancels an order that has not been shipped.
     *
     * @throws Failure CANCEL_TOO_LATE once it is shipped; STATUS_FINAL when it is closed or cancelled
     */
    public Answered<Receipt> cancel(Call call, RecordKey key, @Nullable Integer expectedVersion, String reason) {
        return records.act(call, key, expectedVersion, (tx, current) -> {
            OrderStatus now = current.value().status();
            if (!now.cancellable()) {
                throw Failure.about(
                        now.open() ? Code.CANCEL_TOO_LATE : Code.STATUS_FINAL, current.id(), current.version());
            }
            return new Effect<>(Outcome.CANCELLED, current.value().cancelled(reason), false);
        });
    }

    /** Orders by date. */
    public Page<Order> search(Call call, OrderFilter filter, int pageSize, @Nullable String cursor) {
        return records.search(call, tx -> {
            RecordKey customer = filter.customer();
            String customerId = customer == null ? null : customers.idOf(tx, call, customer, "filter/customer");
            return OrderTable.search(call, filter, customerId, pageSize, cursor);
        });
    }

    public ChangePage<Order> changes(Call call, String cursor, int pageSize) {
        return records.changes(call, cursor, pageSize);
    }
}
