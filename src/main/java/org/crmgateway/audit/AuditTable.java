package org.crmgateway.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Tx;
import org.jdbi.v3.core.result.RowView;

/** The tables {@code audit_entry} and {@code audit_seal}. */
final class AuditTable {
    private static final String COLUMNS =
            "at, call_id, tenant, partner, operation, event, kind, record_id, version, source, reason, times";
    private static final String INSERT = "INSERT INTO audit_entry (" + COLUMNS + ") "
            + "VALUES (:at, :callId, :tenant, :partner, :operation, :event, :kind, :recordId, :version, "
            + ":source, :reason, :times)";

    void insert(Tx tx, AuditEntry entry) {
        tx.append(
                INSERT,
                batch -> batch.bind("at", entry.at())
                        .bind("callId", entry.callId())
                        .bind("tenant", entry.tenant())
                        .bind("partner", entry.partner())
                        .bind("operation", entry.operation())
                        .bind("event", entry.event())
                        .bind("kind", entry.kind())
                        .bind("recordId", entry.recordId())
                        .bind("version", entry.version())
                        .bind("source", entry.source())
                        .bind("reason", entry.reason())
                        .bind("times", entry.times()));
    }

    Seal sealed(Tx tx) {
        return seal(tx, "");
    }

    /** As {@link #sealed}, and no other sealer goes on until this transaction ends. */
    Seal lockSealed(Tx tx) {
        return seal(tx, " FOR UPDATE");
    }

    private static Seal seal(Tx tx, String lock) {
        return tx.handle()
                .createQuery("SELECT position, digest FROM audit_seal WHERE id = 1" + lock)
                .map(AuditTable::seal)
                .one();
    }

    /** Committed entries without a position, in the order of their writing, by that order. */
    Map<Long, AuditEntry> unsealed(Tx tx, int limit) {
        return tx.handle()
                .createQuery("SELECT written, " + COLUMNS
                        + " FROM audit_entry WHERE position IS NULL ORDER BY written LIMIT :limit")
                .bind("limit", limit)
                .reduceRows(new LinkedHashMap<>(), (entries, row) -> {
                    entries.put(row.getColumn("written", Long.class), entry(row));
                    return entries;
                });
    }

    void seal(Tx tx, Map<Long, Seal> seals, Seal last) {
        var batch = tx.handle()
                .prepareBatch("UPDATE audit_entry SET position = :position, digest = :digest WHERE written = :written");
        seals.forEach((written, seal) -> batch.bind("position", seal.position())
                .bind("digest", seal.digest().value())
                .bind("written", written)
                .add());
        batch.execute();
        tx.handle()
                .createUpdate("UPDATE audit_seal SET position = :position, digest = :digest WHERE id = 1")
                .bind("position", last.position())
                .bind("digest", last.digest().value())
                .execute();
    }

    List<SealedEntry> after(Tx tx, long position, int limit) {
        return tx.handle()
                .createQuery("SELECT position, digest, " + COLUMNS
                        + " FROM audit_entry WHERE position > :position ORDER BY position LIMIT :limit")
                .bind("position", position)
                .bind("limit", limit)
                .map(row -> new SealedEntry(seal(row), entry(row)))
                .list();
    }

    /** What became of one call, in the order of its writing. */
    List<AuditEntry> ofCall(Tx tx, String callId) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM audit_entry WHERE call_id = :callId ORDER BY written "
                        + "FETCH FIRST 100 ROWS ONLY")
                .bind("callId", callId)
                .map(AuditTable::entry)
                .list();
    }

    private static Seal seal(RowView row) {
        return new Seal(row.getColumn("position", Long.class), new Digest(row.getColumn("digest", String.class)));
    }

    private static AuditEntry entry(RowView row) {
        return new AuditEntry(
                row.getColumn("at", Instant.class),
                row.getColumn("call_id", String.class),
                row.getColumn("tenant", String.class),
                row.getColumn("partner", String.class),
                row.getColumn("operation", String.class),
                row.getColumn("event", String.class),
                row.getColumn("kind", String.class),
                row.getColumn("record_id", String.class),
                row.getColumn("version", Integer.class),
                row.getColumn("source", String.class),
                row.getColumn("reason", String.class),
                row.getColumn("times", Integer.class));
    }
}
