package org.crmgateway.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.crmgateway.audit.AuditVerifier;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.database.Database;

/** What must hold between the tables of a gateway at any one moment, whatever happened before. */
final class Consistency {
    /** Queries that count what must not be. */
    private static final Map<String, String> VIOLATIONS = Map.of(
            "orders that are not as their last change says", """
                    SELECT COUNT(*) FROM sales_order o LEFT JOIN change_entry c ON c.kind = 'order' AND c.tenant = o.tenant
                    AND c.record_id = o.id AND c.version = o.version WHERE c.content IS NULL OR c.content <> o.content""",
            "changes of an order that is not there", """
                    SELECT COUNT(*) FROM change_entry c LEFT JOIN sales_order o ON o.tenant = c.tenant
                    AND o.id = c.record_id WHERE c.kind = 'order' AND o.id IS NULL""",
            "changes without their audit entry", """
                    SELECT COUNT(*) FROM change_entry c LEFT JOIN audit_entry a ON a.call_id = c.call_id
                    AND a.record_id = c.record_id AND a.version = c.version WHERE a.written IS NULL""",
            "external ids of nothing", """
                    SELECT COUNT(*) FROM external_id e LEFT JOIN sales_order o ON o.tenant = e.tenant
                    AND o.id = e.record_id WHERE e.kind = 'order' AND o.id IS NULL""",
            "keys without an answer", "SELECT COUNT(*) FROM idempotency_key WHERE answer IS NULL",
            "keys beyond what was created", """
                    SELECT (SELECT COUNT(*) FROM idempotency_key)
                    - (SELECT COUNT(*) FROM audit_entry WHERE event = 'created')""");

    private Consistency() {}

    static void check(Database database) {
        VIOLATIONS.forEach((what, query) -> assertThat(database.<Long>reading(
                        tx -> tx.handle().createQuery(query).mapTo(Long.class).one()))
                .as(what)
                .isZero());
        assertThat(database.reading(new ChangeLog()::complete)).isTrue();
        assertThat(AuditVerifier.chain(database).broken()).isEmpty();
    }
}
