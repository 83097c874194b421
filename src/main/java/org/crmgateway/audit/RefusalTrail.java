package org.crmgateway.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crmgateway.call.Call;
import org.crmgateway.call.CallId;
import org.crmgateway.database.Database;
import org.crmgateway.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Notes refused calls. They have no transaction of their own, and whoever refuses must not wait: entries are collected, and
 * written by {@link #write} from time to time. What comes in a flood is counted by reason, so that a flood of refusals is no
 * flood of entries. Thread-safe.
 */
public final class RefusalTrail {
    /** Single entries between two rounds of writing. */
    static final int MOST_SINGLE = 200;

    /** Kinds of refusals counted between two rounds; beyond it they count as one. */
    private static final int MOST_COUNTED = 500;

    private static final String NOBODY = "-";
    private static final String EVENT = AuditEvent.REFUSED.label();

    private final Database database;
    private final Clock clock;
    private final AuditTable table = new AuditTable();
    private List<AuditEntry> single = new ArrayList<>();
    private Map<Many, Integer> counted = new LinkedHashMap<>();

    private record Many(String tenant, String partner, String reason) {}

    public RefusalTrail(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Notes one refusal.
     *
     * @param call when the sender is known
     * @param reason a code of the program, e.g. {@code sec.none}; at most 40 characters
     * @param source the peer's address
     */
    public void note(CallId id, @Nullable Call call, String reason, String source) {
        AuditEntry entry = new AuditEntry(
                clock.instant(),
                id.value(),
                call == null ? NOBODY : call.tenant(),
                call == null ? NOBODY : call.partner().name(),
                call == null ? NOBODY : call.operation().wireName(),
                EVENT,
                "",
                "",
                0,
                source,
                reason,
                1);
        synchronized (this) {
            if (single.size() < MOST_SINGLE) {
                single.add(entry);
            } else {
                count(entry);
            }
        }
    }

    private void count(AuditEntry entry) {
        Many many = new Many(entry.tenant(), entry.partner(), entry.reason());
        if (counted.size() >= MOST_COUNTED && !counted.containsKey(many)) {
            many = new Many(NOBODY, NOBODY, "many");
        }
        counted.merge(many, entry.times(), Math::addExact);
    }

    /**
     * Writes what was noted. When the database is away it is noted still, as numbers.
     *
     * @throws Failure OVERLOADED when the database is away
     */
    public void write() {
        List<AuditEntry> entries = take();
        if (entries.isEmpty()) {
            return;
        }
        boolean written = false;
        try {
            database.inTransaction(tx -> {
                entries.forEach(entry -> table.insert(tx, entry));
                return entries.size();
            });
            written = true;
        } finally {
            if (!written) {
                giveBack(entries);
            }
        }
    }

    private synchronized List<AuditEntry> take() {
        List<AuditEntry> entries = single;
        Instant now = clock.instant();
        counted.forEach((many, times) -> entries.add(new AuditEntry(
                now, NOBODY, many.tenant, many.partner, NOBODY, EVENT, "", "", 0, "", many.reason, times)));
        single = new ArrayList<>();
        counted = new LinkedHashMap<>();
        return entries;
    }

    private synchronized void giveBack(List<AuditEntry> entries) {
        entries.forEach(this::count);
    }
}
