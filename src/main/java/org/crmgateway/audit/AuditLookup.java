package org.crmgateway.audit;

import java.util.List;
import org.crmgateway.database.Database;
import org.crmgateway.failure.Failure;

/** Finds what the trail has of one call, on whatever node it was. */
public final class AuditLookup {
    private final Database database;
    private final AuditTable table = new AuditTable();

    public AuditLookup(Database database) {
        this.database = database;
    }

    /**
     * Up to a hundred entries, in the order of their writing.
     *
     * @throws Failure OVERLOADED when the database is away
     */
    public List<AuditEntry> ofCall(String callId) {
        return database.reading(tx -> table.ofCall(tx, callId));
    }
}
