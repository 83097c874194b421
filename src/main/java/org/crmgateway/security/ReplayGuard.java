package org.crmgateway.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;

/**
 * Remembers each verified signature for longer than its timestamp is accepted, in the database: one memory for all nodes,
 * which a restart does not lose. Only verified signatures get here, so a forged copy cannot make the genuine message a replay.
 */
final class ReplayGuard {
    /** How much longer than the timestamp's window: for clocks that differ between the nodes. */
    private static final Duration MARGIN = Duration.ofSeconds(120);

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

    /**
     * Notes a signature, and commits that before anything is done for its message.
     *
     * @return whether it is seen for the first time
     * @throws org.crmgateway.failure.Failure OVERLOADED when the database is away: unknown is not new
     */
    boolean first(Digest signature) {
        Instant expiresAt = clock.instant().plus(window);
        return database.inTransaction(tx -> table.insert(tx, signature, expiresAt));
    }

    /** Forgets the signatures whose time is over; to be called every now and then. */
    int purge() {
        Instant now = clock.instant();
        return database.inPieces(PURGED_AT_ONCE, tx -> table.deleteExpired(tx, now, PURGED_AT_ONCE));
    }
}
