package org.crmgateway.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.crmgateway.call.Call;
import org.crmgateway.change.Change;
import org.crmgateway.change.SealedChange;
import org.crmgateway.database.Json;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;

/** Reads inside a running transaction: one record, pages of a search, pages of the change feed. */
final class Reader<V> {
    private static final String BEGINNING = "BEGINNING";
    private static final String NOW = "NOW";

    private final RecordGround ground;
    private final RecordTable<V> table;
    private final Room<V, ?> room;
    private final RecordKind kind;
    private final Class<V> type;
    private final Sorting<V> sorting;
    private final RecordLookup lookup = new RecordLookup();
    private final ExternalIdTable externalIds = new ExternalIdTable();

    Reader(RecordGround ground, RecordTable<V> table, Room<V, ?> room, Class<V> type, Sorting<V> sorting) {
        this.ground = ground;
        this.table = table;
        this.room = room;
        this.kind = room.kind();
        this.type = type;
        this.sorting = sorting;
    }

    Seen<V> get(Tx tx, Call call, RecordKey key, boolean includeDeleted) {
        Seen<V> found = find(tx, call, key).orElseThrow(() -> Failure.of(kind.notFound()));
        Stored<V> record = found.record();
        if (record.deleted() && !includeDeleted) {
            throw Failure.about(kind.deleted(), record.id(), record.version());
        }
        return found;
    }

    /** In one trip to the database where a record is asked for by its external id and names no other. */
    private Optional<Seen<V>> find(Tx tx, Call call, RecordKey key) {
        if (key.id() == null && key.externalId() != null) {
            return table.named(tx, call, kind, key.externalId())
                    .map(named -> room.references(named.record().value()).isEmpty()
                            ? new Seen<>(named.record(), Map.of(named.record().id(), named.externalId()))
                            : seen(tx, call, List.of(named.record())).get(0));
        }
        return lookup.same(tx, call, kind, key, "key")
                .flatMap(id -> table.find(tx, call.tenant(), id))
                .map(record -> seen(tx, call, List.of(record)).get(0));
    }

    Page<V> search(Tx tx, Call call, Search search) {
        boolean first = search.cursor() == null;
        // Read before the snapshot: what is sealed later may be in it twice, never missing.
        long sealed = first ? ground.changes().sealed(tx) : 0;
        List<String> conditions = new ArrayList<>(search.conditions());
        Map<String, Object> parameters = new HashMap<>(search.parameters());
        conditions.add("r.tenant = :tenant");
        parameters.put("tenant", call.tenant());
        parameters.put("limit", search.pageSize() + 1);
        if (search.cursor() != null) {
            continueAfter(call, search, search.cursor(), conditions, parameters);
        }
        String sql =
                "WHERE " + String.join(" AND ", conditions) + " ORDER BY r." + sorting.column() + ", r.id LIMIT :limit";
        Slice<RecordTable.Sized<V>> slice =
                table.select(tx, sql, parameters, rows -> Slice.of(rows, search.pageSize(), RecordTable.Sized::length));
        List<Stored<V>> page =
                slice.rows().stream().map(RecordTable.Sized::record).toList();
        String next =
                slice.more() ? ground.cursors().issue(call, scope(search), position(page.get(page.size() - 1))) : null;
        return new Page<>(seen(tx, call, page), next, first ? changesCursor(call, sealed) : null);
    }

    ChangePage<V> changes(Tx tx, Call call, String cursor, int pageSize) {
        long position = changesPosition(tx, call, cursor);
        Slice<SealedChange> slice = ground.changes()
                .after(
                        tx,
                        call,
                        kind.label(),
                        position,
                        pageSize + 1,
                        rows -> Slice.of(
                                rows, pageSize, row -> row.change().content().length()));
        // After reading: what is trimmed meanwhile must not look as if it had never been.
        if (!cursor.equals(BEGINNING) && position < ground.changes().trimmed(tx)) {
            throw Failure.of(Code.CURSOR_EXPIRED);
        }
        List<SealedChange> page = slice.rows();
        List<Stored<V>> records =
                page.stream().map(row -> stored(call, row.change())).toList();
        Map<String, String> names = names(tx, call, records);
        List<SeenChange<V>> changes = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            SealedChange row = page.get(i);
            boolean own = row.partner().equals(call.partner().name());
            changes.add(new SeenChange<>(
                    row.change().event(), row.change().changedAt(), own, new Seen<>(records.get(i), names)));
        }
        long last = page.isEmpty() ? position : page.get(page.size() - 1).position();
        return new ChangePage<>(changes, changesCursor(call, last), slice.more());
    }

    private void continueAfter(
            Call call, Search search, String cursor, List<String> conditions, Map<String, Object> parameters) {
        byte[] position = ground.cursors().open(call, scope(search), cursor);
        int keyBytes = Byte.toUnsignedInt(position[0]);
        Object key = sorting.parameter().apply(Arrays.copyOfRange(position, 1, 1 + keyBytes));
        String column = "r." + sorting.column();
        conditions.add(column + " >= :afterKey");
        conditions.add("(" + column + " > :afterKey OR r.id > :afterId)");
        parameters.put("afterKey", key);
        parameters.put(
                "afterId",
                new String(position, 1 + keyBytes, position.length - 1 - keyBytes, StandardCharsets.US_ASCII));
    }

    private byte[] position(Stored<V> row) {
        byte[] key = sorting.key().apply(row.value());
        byte[] id = row.id().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + key.length + id.length)
                .put((byte) key.length)
                .put(key)
                .put(id)
                .array();
    }

    private String scope(Search search) {
        return "search " + kind.label() + " " + search.filter();
    }

    private long changesPosition(Tx tx, Call call, String cursor) {
        return switch (cursor) {
            case BEGINNING -> ground.changes().trimmed(tx);
            case NOW -> ground.changes().sealed(tx);
            default -> {
                byte[] position = ground.cursors().open(call, changesScope(), cursor);
                if (position.length != Long.BYTES) {
                    throw Failure.of(Code.CURSOR_INVALID);
                }
                yield ByteBuffer.wrap(position).getLong();
            }
        };
    }

    private String changesCursor(Call call, long position) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(position).array();
        return ground.cursors().issue(call, changesScope(), bytes);
    }

    private String changesScope() {
        return "changes " + kind.label();
    }

    private Stored<V> stored(Call call, Change change) {
        return new Stored<>(
                call.tenant(),
                change.recordId(),
                change.version(),
                change.event().equals(Outcome.DELETED.wireName()),
                change.createdAt(),
                change.changedAt(),
                Json.read(change.content(), type));
    }

    private List<Seen<V>> seen(Tx tx, Call call, List<Stored<V>> records) {
        Map<String, String> names = names(tx, call, records);
        return records.stream().map(record -> new Seen<>(record, names)).toList();
    }

    private Map<String, String> names(Tx tx, Call call, List<Stored<V>> records) {
        Set<String> ids = new HashSet<>();
        for (Stored<V> record : records) {
            ids.add(record.id());
            ids.addAll(room.references(record.value()));
        }
        return externalIds.of(tx, call, ids);
    }
}
