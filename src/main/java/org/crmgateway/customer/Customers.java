package org.crmgateway.customer;

import java.util.List;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;
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
import org.crmgateway.record.Stored;
import org.jspecify.annotations.Nullable;

/** What can be done with customers. */
public final class Customers {
    private final Records<Customer, CustomerInput> records;
    private final OpenOrders openOrders;

    /** Whether a customer has orders that are neither closed nor cancelled; answered by the room that knows orders. */
    public interface OpenOrders {
        boolean of(Tx tx, String tenant, String customerId);
    }

    public Customers(RecordGround ground, OpenOrders openOrders) {
        this.records = new Records<>(
                ground, CustomerTable.table(), new CustomerRules(), Customer.class, CustomerTable.BY_NAME);
        this.openOrders = openOrders;
    }

    public Answered<Receipt> create(Call call, Draft<CustomerInput> draft) {
        return records.create(call, draft);
    }

    public Seen<Customer> get(Call call, RecordKey key, boolean includeDeleted) {
        return records.get(call, key, includeDeleted);
    }

    public Answered<Receipt> update(Call call, Draft<CustomerInput> draft) {
        return records.update(call, draft);
    }

    public Answered<Receipt> upsert(Call call, Draft<CustomerInput> draft) {
        return records.upsert(call, draft);
    }

    public Answered<BatchReceipt> save(Call call, List<Row<CustomerInput>> rows, boolean allOrNone) {
        return records.save(call, rows, allOrNone);
    }

    /**
     * Hides a customer; {@link #undelete} brings it back.
     *
     * @throws Failure CUSTOMER_HAS_OPEN_ORDERS; CUSTOMER_DELETED when it already is
     */
    public Answered<Receipt> delete(Call call, RecordKey key, @Nullable Integer expectedVersion) {
        return records.act(call, key, expectedVersion, (tx, current) -> {
            refuse(current.deleted(), Code.CUSTOMER_DELETED, current);
            refuse(openOrders.of(tx, current.tenant(), current.id()), Code.CUSTOMER_HAS_OPEN_ORDERS, current);
            return new Effect<>(Outcome.DELETED, current.value(), true);
        });
    }

    /** @throws Failure CUSTOMER_NOT_DELETED when there is nothing to bring back */
    public Answered<Receipt> undelete(Call call, RecordKey key, @Nullable Integer expectedVersion) {
        return records.act(call, key, expectedVersion, (tx, current) -> {
            refuse(!current.deleted(), Code.CUSTOMER_NOT_DELETED, current);
            return new Effect<>(Outcome.UNDELETED, current.value(), false);
        });
    }

    /** Customers in the binary order of their folded name. */
    public Page<Customer> search(Call call, CustomerFilter filter, int pageSize, @Nullable String cursor) {
        return records.search(call, tx -> CustomerTable.search(call, filter, pageSize, cursor));
    }

    public ChangePage<Customer> changes(Call call, String cursor, int pageSize) {
        return records.changes(call, cursor, pageSize);
    }

    /**
     * The id of the customer that an order names; the customer stays as it is until the transaction ends.
     *
     * @param path of the key in the request
     * @throws Failure CUSTOMER_NOT_FOUND, CUSTOMER_DELETED, CUSTOMER_BLOCKED or CUSTOMER_CLOSED
     */
    public String orderable(Tx tx, Call call, RecordKey key, String path) {
        Stored<Customer> customer = records.hold(tx, call, key, path);
        refuse(customer.deleted(), Code.CUSTOMER_DELETED, customer);
        switch (customer.value().status()) {
            case ACTIVE -> {}
            case BLOCKED -> throw Failure.about(Code.CUSTOMER_BLOCKED, customer.id(), customer.version());
            case CLOSED -> throw Failure.about(Code.CUSTOMER_CLOSED, customer.id(), customer.version());
        }
        return customer.id();
    }

    /** Our id of the customer named by {@code key}, whatever its state. */
    public String idOf(Tx tx, Call call, RecordKey key, String path) {
        return records.idOf(tx, call, key, path);
    }

    private static void refuse(boolean when, Code code, Stored<Customer> customer) {
        if (when) {
            throw Failure.about(code, customer.id(), customer.version());
        }
    }
}
