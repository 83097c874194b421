package org.crmgateway.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;

/**
 * Remembers each verified signature for longer than its timestamp is accepted, in the database: one memory for all nodes,
 * which a restart does not lose. Only verified signatures get here, so a forged copy cannot make the genuine message a replay.
 */
final class ReplayGuard {
    /** How much longer than the timestamp's window: for clocks that differ between the nodes. */
    private static final Duration MARGIN = Duration.ofSeconds(120);

    /** How long after a read its bytes may be a second one of the same second. */
    private static final Duration SAME_SECOND = Duration.ofSeconds(2);

    private static final int PURGED_AT_ONCE = 1_000;

    private final Database database;
    private final ReplayTable table = new ReplayTable();
    private final Duration window;
    private final Clock clock;

    ReplayGuard(Database database, SecurityConfig config, Clock clock) {
        this.database = database;
        this.window = config.timestampAge().plus(config.timestampAhead()).plus(MARGIN);
        this.clock = clock;
    }

    /** Whether a signature has been here before, and when. */
    enum Sighting {
        FIRST,
        /** Just now: perhaps by a client whose two timestamps of one second are equal. */
        REPEATED,
        LATE
    }

    /**
     * Notes a signature, and commits that before anything is done for its message.
     *
     * @throws org.crmgateway.failure.Failure OVERLOADED when the database is away: unknown is not new
     */
    Sighting see(Digest signature) {
        // No finer than the databases keep it.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.inTransaction(tx -> {
            if (table.insert(tx, signature, now)) {
                return Sighting.FIRST;
            }
            boolean justNow = table.seenAt(tx, signature)
                    .filter(first -> Duration.between(first, now).abs().compareTo(SAME_SECOND) <= 0)
                    .isPresent();
            return justNow ? Sighting.REPEATED : Sighting.LATE;
        });
    }

    /**
     * Forgets the signatures whose time is over by this node's clock and by the database's, so that a node whose clock has
     * jumped ahead forgets nothing that the others still need; to be called every now and then.
     */
    int purge() {
        return database.inSomePieces(PURGED_AT_ONCE, tx -> {
            Instant over = tx.earlier(clock.instant()).minus(window);
            return table.deleteBefore(tx, over, PURGED_AT_ONCE);
        });
    }
}
