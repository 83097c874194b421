package org.crmgateway.audit;

import java.time.Instant;
import org.crmgateway.database.Tx;

/** The table {@code audit_entry}. */
final class AuditTable {
    void insert(
            Tx tx,
            Instant at,
            String callId,
            String tenant,
            String partner,
            String operation,
            String event,
            String kind,
            String recordId,
            int version) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO audit_entry (at, call_id, tenant, partner, operation, event, kind, record_id, version)
                        VALUES (:at, :callId, :tenant, :partner, :operation, :event, :kind, :recordId, :version)""")
                .bind("at", at)
                .bind("callId", callId)
                .bind("tenant", tenant)
                .bind("partner", partner)
                .bind("operation", operation)
                .bind("event", event)
                .bind("kind", kind)
                .bind("recordId", recordId)
                .bind("version", version)
                .execute();
    }
}
