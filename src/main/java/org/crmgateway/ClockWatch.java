package org.crmgateway;

import java.time.Clock;
import java.time.Duration;
import org.crmgateway.database.Database;
import org.crmgateway.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at how far this node's clock is from the database's. Timestamps of messages and of records are of the node's clock, so
 * nodes that differ judge differently.
 */
final class ClockWatch {
    private static final Logger ALARM = LoggerFactory.getLogger("alarm");
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    private final Database database;
    private final Clock clock;
    private volatile Duration skew = Duration.ZERO;

    ClockWatch(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Looks once; to be called every now and then. */
    void round() {
        boolean agreed = agrees();
        try {
            skew = database.skew(clock);
        } catch (Failure e) {
            // The database is away; others tell.
            return;
        }
        if (agreed && !agrees()) {
            ALARM.warn("the clock of this machine and the database's differ by {} ms", skew.toMillis());
        }
    }

    boolean agrees() {
        return skew.abs().compareTo(TOLERATED) <= 0;
    }

    /** In seconds; positive when this node's clock is ahead. */
    double seconds() {
        return skew.toMillis() / 1_000.0;
    }
}
