package org.crmgateway.attack;

import java.util.ArrayList;
import java.util.List;
import org.crmgateway.wire.RunningGateway;

/** What is written to the trail of audit, entry by entry. */
final class TrailWatch {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final RunningGateway gateway;
    private long last;

    record Entry(long written, String callId, String partner, String event, String reason, String all) {}

    TrailWatch(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /** Forgets what is there. */
    void start() {
        read();
    }

    /**
     * The entries since the last time.
     *
     * @param awaited how many there must be; they may still be on their way to the table
     */
    List<Entry> take(int awaited) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        List<Entry> entries = new ArrayList<>(read());
        while (entries.size() < awaited && System.nanoTime() < end) {
            entries.addAll(read());
        }
        return entries;
    }

    private List<Entry> read() {
        gateway.gateway().refusals().write();
        List<Entry> entries = gateway.gateway()
                .database()
                .inTransaction(tx -> tx.handle()
                        .createQuery(
                                "SELECT written, call_id, partner, event, reason, call_id || ' ' || tenant || ' ' || partner"
                                        + " || ' ' || operation || ' ' || event || ' ' || kind || ' ' || record_id || ' ' || source"
                                        + " || ' ' || reason AS everything FROM audit_entry WHERE written > :last ORDER BY written")
                        .bind("last", last)
                        .map(row -> new Entry(
                                row.getColumn("written", Long.class),
                                row.getColumn("call_id", String.class),
                                row.getColumn("partner", String.class),
                                row.getColumn("event", String.class),
                                row.getColumn("reason", String.class),
                                row.getColumn("everything", String.class)))
                        .list());
        last = entries.stream().mapToLong(Entry::written).max().orElse(last);
        return entries;
    }
}
