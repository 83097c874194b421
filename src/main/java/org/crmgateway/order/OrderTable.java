package org.crmgateway.order;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crmgateway.call.Call;
import org.crmgateway.database.Json;
import org.crmgateway.database.Tx;
import org.crmgateway.record.ExternalIdCondition;
import org.crmgateway.record.RecordKind;
import org.crmgateway.record.RecordTable;
import org.crmgateway.record.Search;
import org.crmgateway.record.Sorting;
import org.jspecify.annotations.Nullable;

/** The table {@code sales_order}. */
public final class OrderTable {
    static final Sorting<Order> BY_DATE = new Sorting<>(
            "order_date",
            order -> order.orderDate().toString().getBytes(StandardCharsets.US_ASCII),
            key -> LocalDate.parse(new String(key, StandardCharsets.US_ASCII)));

    private OrderTable() {}

    static RecordTable<Order> table() {
        return new RecordTable<>(
                "sales_order", Order.class, List.of("customer_id", "order_date", "status"), OrderTable::columns);
    }

    /** Whether the customer has orders that are neither closed nor cancelled. */
    public static boolean anyOpen(Tx tx, String tenant, String customerId) {
        return tx.handle()
                .createQuery("""
                        SELECT 1 FROM sales_order
                        WHERE tenant = :tenant AND customer_id = :customerId AND status NOT IN ('CLOSED', 'CANCELLED')
                        LIMIT 1""")
                .bind("tenant", tenant)
                .bind("customerId", customerId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static Search search(
            Call call, OrderFilter filter, @Nullable String customerId, int pageSize, @Nullable String cursor) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        if (customerId != null) {
            conditions.add("r.customer_id = :customerId");
            parameters.put("customerId", customerId);
        }
        if (filter.status() != null) {
            conditions.add("r.status = :status");
            parameters.put("status", filter.status().name());
        }
        if (filter.changedSince() != null) {
            conditions.add("r.changed_at >= :changedSince");
            parameters.put("changedSince", filter.changedSince());
        }
        if (filter.orderDateFrom() != null) {
            conditions.add("r.order_date >= :orderDateFrom");
            parameters.put("orderDateFrom", filter.orderDateFrom());
        }
        if (filter.orderDateUntil() != null) {
            conditions.add("r.order_date <= :orderDateUntil");
            parameters.put("orderDateUntil", filter.orderDateUntil());
        }
        if (filter.externalId() != null) {
            ExternalIdCondition.add(call, RecordKind.ORDER, filter.externalId(), conditions, parameters);
        }
        return new Search(conditions, parameters, Json.write(filter), pageSize, cursor);
    }

    private static Map<String, @Nullable Object> columns(Order order) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("customer_id", order.customerId());
        columns.put("order_date", order.orderDate());
        columns.put("status", order.status().name());
        return columns;
    }
}
