package org.crmgateway.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.crmgateway.database.Database;

/**
 * Numbers committed entries and chains them: an entry that is changed, removed or slipped in afterwards breaks the chain. As
 * with changes, any node may seal at any time; the lock on one row lets them do so one after the other.
 */
public final class AuditSealer {
    private static final int BATCH = 1000;

    private final Database database;
    private final AuditTable table = new AuditTable();

    public AuditSealer(Database database) {
        this.database = database;
    }

    /** Seals everything committed so far. */
    public void seal() {
        boolean more = true;
        while (more) {
            more = database.inTransaction(tx -> {
                // The lock first: the entries must be read by a statement that starts after the previous sealer's
                // commit.
                Seal last = table.lockSealed(tx);
                Map<Long, AuditEntry> entries = table.unsealed(tx, BATCH);
                Map<Long, Seal> seals = new LinkedHashMap<>();
                for (Map.Entry<Long, AuditEntry> entry : entries.entrySet()) {
                    last = last.next(entry.getValue());
                    seals.put(entry.getKey(), last);
                }
                if (seals.isEmpty()) {
                    tx.discard();
                } else {
                    table.seal(tx, seals, last);
                }
                return seals.size() == BATCH;
            });
        }
    }
}
