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
        database.inPieces(BATCH, tx -> {
            // The lock first: the entries must be read by a statement that starts after the previous sealer's commit.
            Seal last = table.lockSealed(tx);
            Map<Long, Seal> seals = new LinkedHashMap<>();
            for (Map.Entry<Long, AuditEntry> entry : table.unsealed(tx, BATCH).entrySet()) {
                last = last.next(entry.getValue());
                seals.put(entry.getKey(), last);
            }
            if (!seals.isEmpty()) {
                table.seal(tx, seals, last);
            }
            return seals.size();
        });
    }
}
