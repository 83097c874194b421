package org.crmgateway.change;

import java.util.List;
import org.crmgateway.database.Database;

/**
 * Gives committed changes their positions. A row is numbered only once it is visible to the sealer, so a transaction that
 * commits late is numbered late, and no reader that has passed can miss it. What a transaction read before it wrote was
 * committed, hence written, earlier: numbering by order of writing keeps cause before effect and a record's versions ascending.
 *
 * <p>Any node may seal at any time; the lock on one row lets them do so one after the other.
 */
public final class Sealer {
    private static final int BATCH = 1000;

    private final Database database;
    private final ChangeTable table = new ChangeTable();

    public Sealer(Database database) {
        this.database = database;
    }

    /**
     * Numbers everything committed so far.
     *
     * @return how many changes were numbered
     */
    public int seal() {
        return database.inPieces(BATCH, tx -> {
            // The lock first: the rows must be read by a statement that starts after the previous sealer's commit.
            long last = table.lockSealed(tx);
            List<Long> rows = table.unsealed(tx, BATCH);
            if (!rows.isEmpty()) {
                table.seal(tx, last, rows);
            }
            return rows.size();
        });
    }
}
