package org.crmgateway.record;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.crmgateway.call.Call;
import org.crmgateway.database.Json;
import org.crmgateway.database.LargeRows;
import org.crmgateway.database.Tx;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The table of one kind of record: the shared columns, the document, and the columns its searches ask for.
 *
 * @param <V> the value in the document
 */
public final class RecordTable<V> {
    private static final String SHARED = "tenant, id, version, deleted, created_at, changed_at, content";
    /** The same of the table {@code r}. */
    private static final String RECORD = "r." + SHARED.replace(", ", ", r.");

    private final String table;
    private final Class<V> type;
    private final List<String> columns;
    private final Function<V, Map<String, @Nullable Object>> values;

    /**
     * @param columns the names of the search columns
     * @param values their values; a column that is missing becomes NULL
     */
    public RecordTable(
            String table, Class<V> type, List<String> columns, Function<V, Map<String, @Nullable Object>> values) {
        this.table = table;
        this.type = type;
        this.columns = List.copyOf(columns);
        this.values = values;
    }

    /** Written before the transaction commits; nobody in it can know the new record's id. */
    void insert(Tx tx, Stored<V> row) {
        tx.append(
                "INSERT INTO " + table + " (" + SHARED + names(", %s", "") + ") VALUES"
                        + " (:tenant, :id, :version, :deleted, :created_at, :changed_at, :content"
                        + names(", :%s", "") + ")",
                batch -> bind(batch, row));
    }

    void update(Tx tx, Stored<V> row) {
        Update update = tx.handle()
                .createUpdate(
                        "UPDATE " + table + " SET version = :version, deleted = :deleted, changed_at = :changed_at,"
                                + " content = :content" + names(", %s = :%s", "")
                                + " WHERE tenant = :tenant AND id = :id");
        bind(update, row);
        update.execute();
    }

    Optional<Stored<V>> find(Tx tx, String tenant, String id) {
        return find(tx, tenant, id, "");
    }

    /**
     * A record with its partner's name of it.
     *
     * @param externalId the lowest where there are several
     */
    record Named<V>(Stored<V> record, String externalId) {}

    /** The record that a partner knows by this name of its own. */
    Optional<Named<V>> named(Tx tx, Call call, RecordKind kind, String externalId) {
        return tx.handle()
                .createQuery("SELECT " + RECORD + ", (SELECT MIN(o.external_id) FROM external_id o"
                        + " WHERE o.tenant = e.tenant AND o.partner = e.partner AND o.record_id = e.record_id) AS own_name"
                        + " FROM external_id e JOIN " + table + " r"
                        + " ON r.tenant = e.tenant AND r.id = e.record_id WHERE e.tenant = :tenant"
                        + " AND e.partner = :partner AND e.kind = :kind AND e.external_id = :externalId")
                .bind("tenant", call.tenant())
                .bind("partner", call.partner().name())
                .bind("kind", kind.label())
                .bind("externalId", externalId)
                .map(row -> new Named<>(read(row), row.getColumn("own_name", String.class)))
                .findOne();
    }

    /** As find; the record cannot change until this transaction ends. */
    Optional<Stored<V>> lock(Tx tx, String tenant, String id) {
        return find(tx, tenant, id, " FOR UPDATE");
    }

    /** As find; nobody can change the record until this transaction ends, but others may hold it too. */
    Optional<Stored<V>> hold(Tx tx, String tenant, String id) {
        return find(
                tx,
                tenant,
                id,
                switch (tx.vendor()) {
                    case H2 -> " FOR UPDATE";
                    case POSTGRESQL -> " FOR SHARE";
                });
    }

    /**
     * A record with the length of its stored document.
     *
     * @param length in characters
     */
    record Sized<V>(Stored<V> record, int length) {}

    /**
     * Records by a condition of the room's own.
     *
     * @param condition SQL over the table {@code r}, from WHERE to LIMIT; its parameters are {@code parameters}
     * @param reading reads as many as it wants, one after the other
     */
    <R> R select(Tx tx, String condition, Map<String, ?> parameters, Function<Iterator<Sized<V>>, R> reading) {
        return tx.handle()
                .createQuery("SELECT " + RECORD + " FROM " + table + " r " + condition)
                .bindMap(parameters)
                .setFetchSize(LargeRows.FIRST)
                .map(new LargeRows<>(
                        row -> new Sized<>(
                                read(row),
                                row.getColumn("content", String.class).length()),
                        Sized::length))
                .withIterator(reading::apply);
    }

    private Optional<Stored<V>> find(Tx tx, String tenant, String id, String locking) {
        return tx.handle()
                .createQuery("SELECT " + SHARED + " FROM " + table + " WHERE tenant = :tenant AND id = :id" + locking)
                .bind("tenant", tenant)
                .bind("id", id)
                .map(this::read)
                .findOne();
    }

    private void bind(SqlStatement<?> statement, Stored<V> row) {
        statement.bind("tenant", row.tenant());
        statement.bind("id", row.id());
        statement.bind("version", row.version());
        statement.bind("deleted", row.deleted());
        statement.bind("created_at", row.createdAt());
        statement.bind("changed_at", row.changedAt());
        statement.bind("content", Json.write(row.value()));
        Map<String, @Nullable Object> own = values.apply(row.value());
        columns.forEach(column -> statement.bind(column, own.get(column)));
    }

    private Stored<V> read(RowView row) {
        return new Stored<>(
                row.getColumn("tenant", String.class),
                row.getColumn("id", String.class),
                row.getColumn("version", Integer.class),
                row.getColumn("deleted", Boolean.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("changed_at", Instant.class),
                Json.read(row.getColumn("content", String.class), type));
    }

    private String names(String each, String between) {
        return columns.stream().map(column -> each.replace("%s", column)).collect(Collectors.joining(between));
    }
}
