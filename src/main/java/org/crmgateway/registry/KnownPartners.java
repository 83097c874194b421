package org.crmgateway.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.crmgateway.database.Database;
import org.crmgateway.failure.Failure;
import org.jspecify.annotations.Nullable;

/** The partners as this node knows them; asks the database for its revision every two seconds at most. Thread-safe. */
final class KnownPartners {
    /** Suspending a partner must act on every node within five seconds. */
    static final Duration FRESH = Duration.ofSeconds(2);
    /** How long a failure answers for the database. */
    static final Duration AWAY = Duration.ofMillis(500);

    private final Database database;
    private final PartnerTable table;
    private final Clock clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Partners known;
    private volatile @Nullable Outage outage;

    private record Outage(Failure failure, Instant at) {}

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
            outage = null;
        } finally {
            refreshing.unlock();
        }
    }

    private boolean fresh(Partners partners) {
        return within(FRESH, partners.checkedAt());
    }

    /** Also false when the clock was set back. */
    private boolean within(Duration limit, Instant since) {
        Duration age = Duration.between(since, clock.instant());
        return !age.isNegative() && age.compareTo(limit) < 0;
    }

    private Partners refresh() {
        Outage last = outage;
        if (last == null) {
            refreshing.lock();
        } else if (within(AWAY, last.at()) || !refreshing.tryLock()) {
            // One caller waits for a database that is away, not all of them one after the other.
            throw last.failure();
        }
        try {
            Outage meanwhile = outage;
            if (meanwhile != null && within(AWAY, meanwhile.at())) {
                throw meanwhile.failure();
            }
            Partners before = known;
            return before != null && fresh(before) ? before : ask(before);
        } finally {
            refreshing.unlock();
        }
    }

    private Partners ask(@Nullable Partners before) {
        // Taken before the question: the answer may be older than the moment it arrives.
        Instant asked = clock.instant();
        try {
            Partners after = database.reading(tx -> {
                long revision = table.revision(tx);
                return before != null && before.revision() == revision
                        ? before.stillTrueAt(asked)
                        : Partners.of(revision, asked, table.all(tx));
            });
            known = after;
            outage = null;
            return after;
        } catch (Failure e) {
            outage = new Outage(e, clock.instant());
            throw e;
        }
    }
}
