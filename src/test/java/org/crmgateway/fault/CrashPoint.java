package org.crmgateway.fault;

/** A place in the program where a process can be made to end, as {@code kill -9} would end it there. */
enum CrashPoint {
    AFTER_SIGNATURE_SEEN("org.crmgateway.security.ReplayGuard", "see", Side.EXIT),
    AFTER_KEY_CLAIMED("org.crmgateway.idempotency.IdempotencyTable", "claim", Side.EXIT),
    AFTER_EXTERNAL_ID("org.crmgateway.record.ExternalIdTable", "insert", Side.EXIT),
    AFTER_RECORD("org.crmgateway.record.RecordTable", "insert", Side.EXIT),
    AFTER_RECORD_CHANGED("org.crmgateway.record.RecordTable", "update", Side.EXIT),
    AFTER_CHANGE("org.crmgateway.change.ChangeTable", "insert", Side.EXIT),
    AFTER_AUDIT("org.crmgateway.audit.AuditTable", "insert", Side.EXIT),
    BEFORE_COMMIT("org.crmgateway.database.Database", "commit", Side.ENTER),
    AFTER_COMMIT("org.crmgateway.database.Database", "commit", Side.EXIT),
    BEFORE_ENCRYPTION("org.crmgateway.security.OutboundSecurity", "envelope", Side.ENTER),
    DURING_WRITE("org.eclipse.jetty.server.internal.HttpConnection$HttpStreamOverHTTP1", "send", Side.EXIT),
    DURING_SEAL("org.crmgateway.change.ChangeTable", "seal", Side.EXIT),
    DURING_AUDIT_SEAL("org.crmgateway.audit.AuditTable", "seal", Side.EXIT),
    BEFORE_CHECKPOINT("org.crmgateway.audit.Checkpoints", "append", Side.ENTER),
    AFTER_CHECKPOINT("org.crmgateway.audit.Checkpoints", "append", Side.EXIT),
    DURING_PURGE("org.crmgateway.security.ReplayTable", "deleteBefore", Side.EXIT),
    DURING_KEY_RELOAD("org.crmgateway.security.KeyRing", "replace", Side.ENTER),
    DURING_MIGRATION("org.flywaydb.core.internal.jdbc.JdbcTemplate", "executeStatement", Side.EXIT);

    enum Side {
        ENTER,
        EXIT
    }

    final String type;
    final String method;
    final Side side;

    CrashPoint(String type, String method, Side side) {
        this.type = type;
        this.method = method;
        this.side = side;
    }
}
