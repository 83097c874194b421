package org.crmgateway.change;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.crmgateway.database.LargeRows;
import org.crmgateway.database.Tx;
import org.jdbi.v3.core.result.RowView;

/** The tables {@code change_entry} and {@code change_seal}. */
final class ChangeTable {
    private static final String INSERT = """
            INSERT INTO change_entry (tenant, kind, record_id, version, event, partner, call_id,
                                      created_at, changed_at, content)
            VALUES (:tenant, :kind, :recordId, :version, :event, :partner, :callId,
                    :createdAt, :changedAt, :content)""";

    void insert(Tx tx, String tenant, String partner, String callId, Change change) {
        tx.append(
                INSERT,
                batch -> batch.bind("tenant", tenant)
                        .bind("kind", change.kind())
                        .bind("recordId", change.recordId())
                        .bind("version", change.version())
                        .bind("event", change.event())
                        .bind("partner", partner)
                        .bind("callId", callId)
                        .bind("createdAt", change.createdAt())
                        .bind("changedAt", change.changedAt())
                        .bind("content", change.content()));
    }

    long sealed(Tx tx) {
        return tx.handle()
                .createQuery("SELECT position FROM change_seal WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    /** Whether there is a change for each position that was given and not trimmed, and no other. */
    boolean complete(Tx tx) {
        return tx.handle().createQuery("""
                        SELECT COUNT(c.position) = s.position - s.trimmed
                               AND COALESCE(MAX(c.position), s.position) = s.position
                        FROM change_seal s LEFT JOIN change_entry c ON c.position > s.trimmed
                        WHERE s.id = 1 GROUP BY s.position, s.trimmed""").mapTo(Boolean.class).one();
    }

    /** As {@link #sealed}, and no other sealer goes on until this transaction ends. */
    long lockSealed(Tx tx) {
        return tx.handle()
                .createQuery("SELECT position FROM change_seal WHERE id = 1 FOR UPDATE")
                .mapTo(Long.class)
                .one();
    }

    /** The last position trimmed; all up to it are gone. */
    long trimmed(Tx tx) {
        return tx.handle()
                .createQuery("SELECT trimmed FROM change_seal WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    /** When each of the oldest rows that are kept was changed, by position. */
    SortedMap<Long, Instant> oldest(Tx tx, int limit) {
        SortedMap<Long, Instant> rows = new TreeMap<>();
        tx.handle()
                .createQuery("""
                        SELECT position, changed_at FROM change_entry WHERE position > :trimmed
                        ORDER BY position LIMIT :limit""")
                .bind("trimmed", trimmed(tx))
                .bind("limit", limit)
                .map(row ->
                        Map.entry(row.getColumn("position", Long.class), row.getColumn("changed_at", Instant.class)))
                .forEach(row -> rows.put(row.getKey(), row.getValue()));
        return rows;
    }

    /** Removes all up to a position. */
    void trim(Tx tx, long last) {
        tx.handle()
                .createUpdate("DELETE FROM change_entry WHERE position <= :last")
                .bind("last", last)
                .execute();
        tx.handle()
                .createUpdate("UPDATE change_seal SET trimmed = :last WHERE id = 1")
                .bind("last", last)
                .execute();
    }

    /** Committed rows without a position, in the order of their writing. */
    List<Long> unsealed(Tx tx, int limit) {
        return tx.handle()
                .createQuery("SELECT written FROM change_entry WHERE position IS NULL ORDER BY written LIMIT :limit")
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    void seal(Tx tx, long from, List<Long> written) {
        var batch = tx.handle().prepareBatch("UPDATE change_entry SET position = :position WHERE written = :written");
        long position = from;
        for (long row : written) {
            batch.bind("position", ++position).bind("written", row).add();
        }
        batch.execute();
        tx.handle()
                .createUpdate("UPDATE change_seal SET position = :position WHERE id = 1")
                .bind("position", position)
                .execute();
    }

    <R> R after(
            Tx tx, String tenant, String kind, long position, int limit, Function<Iterator<SealedChange>, R> reading) {
        return tx.handle()
                .createQuery("""
                        SELECT position, partner, kind, record_id, version, event, created_at, changed_at, content
                        FROM change_entry
                        WHERE tenant = :tenant AND kind = :kind AND position > :position
                        ORDER BY position LIMIT :limit""")
                .bind("tenant", tenant)
                .bind("kind", kind)
                .bind("position", position)
                .bind("limit", limit)
                .setFetchSize(LargeRows.FIRST)
                .map(new LargeRows<>(
                        ChangeTable::sealed, row -> row.change().content().length()))
                .withIterator(reading::apply);
    }

    private static SealedChange sealed(RowView row) {
        return new SealedChange(
                row.getColumn("position", Long.class),
                row.getColumn("partner", String.class),
                new Change(
                        row.getColumn("kind", String.class),
                        row.getColumn("record_id", String.class),
                        row.getColumn("version", Integer.class),
                        row.getColumn("event", String.class),
                        row.getColumn("created_at", Instant.class),
                        row.getColumn("changed_at", Instant.class),
                        row.getColumn("content", String.class)));
    }
}
