package org.crmgateway.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.crmgateway.database.Database;

/**
 * Removes changes that are older than what is kept, oldest first, so that what is left has no gap. Whoever has not read them is
 * told that they are gone; the records themselves stay.
 */
public final class Trimmer {
    private static final int PIECE = 1_000;

    private final Database database;
    private final Optional<Duration> keep;
    private final Clock clock;
    private final ChangeTable table = new ChangeTable();

    public Trimmer(Database database, ChangeConfig config, Clock clock) {
        this.database = database;
        this.keep = config.keep();
        this.clock = clock;
    }

    /**
     * Removes what is old enough by this node's clock and by the database's: a part, where that is much.
     *
     * @return how many changes were removed
     */
    public int trim() {
        return keep.map(this::trimOlderThan).orElse(0);
    }

    private int trimOlderThan(Duration time) {
        return database.inSomePieces(PIECE, tx -> {
            Instant end = tx.earlier(clock.instant()).minus(time);
            // The sealer's lock: nodes trim one after the other.
            table.lockSealed(tx);
            int gone = 0;
            long last = 0;
            for (Map.Entry<Long, Instant> row : table.oldest(tx, PIECE).entrySet()) {
                if (!row.getValue().isBefore(end)) {
                    break;
                }
                last = row.getKey();
                gone++;
            }
            if (gone > 0) {
                table.trim(tx, last);
            }
            return gone;
        });
    }
}
