package org.crmgateway.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.crmgateway.audit.AuditVerifier;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.database.Database;
import org.jdbi.v3.core.result.RowView;

/** What must hold between the tables of a gateway at any one moment, whatever happened before. */
final class Consistency {
    private Consistency() {}

    static void check(Database database) {
        Map<String, String> orders = new HashMap<>();
        each(
                database,
                "SELECT id, version, content FROM sales_order",
                row -> orders.put(text(row, "id"), text(row, "version") + text(row, "content")));
        Map<String, String> changed = new HashMap<>();
        Set<String> changes = new HashSet<>();
        each(database, "SELECT record_id, version, kind, call_id, content FROM change_entry ORDER BY version", row -> {
            changes.add(text(row, "call_id") + text(row, "record_id") + text(row, "version"));
            if (text(row, "kind").equals("order")) {
                changed.put(text(row, "record_id"), text(row, "version") + text(row, "content"));
            }
        });
        assertThat(changed.equals(orders))
                .as("each order is as its last change says")
                .isTrue();
        each(
                database,
                "SELECT call_id, record_id, version FROM audit_entry",
                row -> changes.remove(text(row, "call_id") + text(row, "record_id") + text(row, "version")));
        assertThat(changes).as("changes without their audit entry").isEmpty();
        Set<String> named = new HashSet<>();
        each(
                database,
                "SELECT record_id FROM external_id WHERE kind = 'order'",
                row -> assertThat(named.add(text(row, "record_id"))).isTrue());
        assertThat(named.equals(orders.keySet()))
                .as("each order has its external id")
                .isTrue();
        assertThat(database.<Integer>reading(tx -> tx.handle()
                        .createQuery("SELECT COUNT(*) FROM idempotency_key WHERE answer IS NULL")
                        .mapTo(Integer.class)
                        .one()))
                .as("keys without an answer")
                .isZero();
        assertThat(database.reading(new ChangeLog()::complete)).isTrue();
        assertThat(AuditVerifier.chain(database).broken()).isEmpty();
    }

    private interface RowReader {
        void read(RowView row);
    }

    private static void each(Database database, String query, RowReader reader) {
        database.snapshot(tx -> tx.handle().createQuery(query).reduceRows(List.of(), (nothing, row) -> {
            reader.read(row);
            return nothing;
        }));
    }

    private static String text(RowView row, String column) {
        return row.getColumn(column, String.class);
    }
}
