package org.crmgateway.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.crmgateway.database.Database;
import org.jspecify.annotations.Nullable;

/** The partners as this node knows them; asks the database for its revision every two seconds at most. Thread-safe. */
final class KnownPartners {
    /** Suspending a partner must act on every node within five seconds. */
    static final Duration FRESH = Duration.ofSeconds(2);

    private final Database database;
    private final PartnerTable table;
    private final Clock clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Partners known;

    KnownPartners(Database database, PartnerTable table, Clock clock) {
        this.database = database;
        this.table = table;
        this.clock = clock;
    }

    Partners now() {
        Partners partners = known;
        return partners != null && fresh(partners) ? partners : refresh();
    }

    /** After a change on this node. Waits for a refresh that may have begun before it. */
    void forget() {
        refreshing.lock();
        try {
            known = null;
        } finally {
            refreshing.unlock();
        }
    }

    /** Also false when the clock was set back. */
    private boolean fresh(Partners partners) {
        Duration age = Duration.between(partners.checkedAt(), clock.instant());
        return !age.isNegative() && age.compareTo(FRESH) < 0;
    }

    private Partners refresh() {
        refreshing.lock();
        try {
            Partners before = known;
            if (before != null && fresh(before)) {
                return before;
            }
            // Taken before the question: the answer may be older than the moment it arrives.
            Instant asked = clock.instant();
            Partners after = database.reading(tx -> {
                long revision = table.revision(tx);
                return before != null && before.revision() == revision
                        ? before.stillTrueAt(asked)
                        : Partners.of(revision, asked, table.all(tx));
            });
            known = after;
            return after;
        } finally {
            refreshing.unlock();
        }
    }
}
