package org.crmgateway.customer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crmgateway.call.Call;
import org.crmgateway.database.Json;
import org.crmgateway.record.ExternalIdCondition;
import org.crmgateway.record.RecordKind;
import org.crmgateway.record.RecordTable;
import org.crmgateway.record.Search;
import org.crmgateway.record.Sorting;
import org.jspecify.annotations.Nullable;

/** The table {@code customer}. */
final class CustomerTable {
    static final Sorting<Customer> BY_NAME =
            new Sorting<>("name_sort", customer -> NameKey.sort(NameKey.of(customer.name())), key -> key);

    private CustomerTable() {}

    static RecordTable<Customer> table() {
        return new RecordTable<>(
                "customer",
                Customer.class,
                List.of("name_sort", "name_key", "status", "source", "segment", "valid_from", "valid_until"),
                CustomerTable::columns);
    }

    static Search search(Call call, CustomerFilter filter, int pageSize, @Nullable String cursor) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        if (!filter.includeDeleted()) {
            conditions.add("r.deleted = FALSE");
        }
        if (filter.name() != null) {
            byte[] key = NameKey.of(filter.name());
            byte[] sort = NameKey.sort(key);
            conditions.add("r.name_sort >= :sortFrom AND r.name_sort < :sortEnd");
            parameters.put("sortFrom", sort);
            parameters.put("sortEnd", NameKey.end(sort));
            conditions.add("r.name_key >= :nameFrom AND r.name_key < :nameEnd");
            parameters.put("nameFrom", key);
            parameters.put("nameEnd", NameKey.end(key));
        }
        if (filter.status() != null) {
            conditions.add("r.status = :status");
            parameters.put("status", filter.status().name());
        }
        if (filter.source() != null) {
            conditions.add("r.source = :source");
            parameters.put("source", filter.source());
        }
        if (filter.segment() != null) {
            conditions.add("r.segment = :segment");
            parameters.put("segment", filter.segment());
        }
        if (filter.changedSince() != null) {
            conditions.add("r.changed_at >= :changedSince");
            parameters.put("changedSince", filter.changedSince());
        }
        if (filter.validOn() != null) {
            conditions.add("(r.valid_from IS NULL OR r.valid_from <= :validOn)");
            conditions.add("(r.valid_until IS NULL OR r.valid_until >= :validOn)");
            parameters.put("validOn", filter.validOn());
        }
        if (filter.externalId() != null) {
            ExternalIdCondition.add(call, RecordKind.CUSTOMER, filter.externalId(), conditions, parameters);
        }
        return new Search(conditions, parameters, Json.write(filter), pageSize, cursor);
    }

    private static Map<String, @Nullable Object> columns(Customer customer) {
        byte[] key = NameKey.of(customer.name());
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("name_sort", NameKey.sort(key));
        columns.put("name_key", key);
        columns.put("status", customer.status().name());
        columns.put("source", customer.source());
        columns.put("segment", customer.segment());
        columns.put("valid_from", customer.validFrom());
        columns.put("valid_until", customer.validUntil());
        return columns;
    }
}
