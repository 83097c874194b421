package org.crmgateway.record;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.idempotency.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * The frame around every use case of a kind of record. A write is one transaction: once per key, find, check the version,
 * the room's decision, store, change, audit, answer.
 *
 * @param <V> the value
 * @param <I> the input as sent
 */
public final class Records<V, I> {
    private final RecordGround ground;
    private final RecordKind kind;
    private final RecordTable<V> table;
    private final RecordLookup lookup = new RecordLookup();
    private final Writer<V, I> writer;
    private final Batch<V, I> batch;
    private final Reader<V> reader;

    public Records(RecordGround ground, RecordTable<V> table, Room<V, I> room, Class<V> type, Sorting<V> sorting) {
        this.ground = ground;
        this.kind = room.kind();
        this.table = table;
        this.writer = new Writer<>(ground, table, room);
        this.batch = new Batch<>(writer, kind);
        this.reader = new Reader<>(ground, table, room, type, sorting);
    }

    /**
     * @throws Failure EXTERNAL_ID_TAKEN when the partner's id already names a record, and what the room refuses
     */
    public Answered<Receipt> create(Call call, Draft<I> draft) {
        String externalId = draft.key().externalId();
        String created = externalId == null ? null : kind.label() + ":" + externalId;
        return once(call, created, Receipt.class, tx -> writer.create(tx, call, draft));
    }

    /** @throws Failure not found, VERSION_STALE, deleted, and what the room refuses */
    public Answered<Receipt> update(Call call, Draft<I> draft) {
        return once(call, null, Receipt.class, tx -> writer.update(tx, call, draft));
    }

    /** Creates the record when its external id is unknown, else as {@link #update}. */
    public Answered<Receipt> upsert(Call call, Draft<I> draft) {
        return once(call, null, Receipt.class, tx -> writer.upsert(tx, call, draft));
    }

    /**
     * Does what only this kind of record can have done to it.
     *
     * @param action sees the locked record and says what becomes of it
     * @throws Failure not found, VERSION_STALE, and what the action throws
     */
    public Answered<Receipt> act(
            Call call, RecordKey key, @Nullable Integer expectedVersion, BiFunction<Tx, Stored<V>, Effect<V>> action) {
        return once(call, null, Receipt.class, tx -> writer.act(tx, call, key, expectedVersion, action));
    }

    /**
     * Upserts many; one result for each row, in order. A row's failure is its result, not this call's.
     *
     * @param allOrNone write nothing unless every row succeeds
     */
    public Answered<BatchReceipt> save(Call call, List<Row<I>> rows, boolean allOrNone) {
        return once(call, null, BatchReceipt.class, tx -> batch.save(tx, call, rows, allOrNone));
    }

    /** @throws Failure not found; deleted, unless {@code includeDeleted} */
    public Seen<V> get(Call call, RecordKey key, boolean includeDeleted) {
        return ground.database().looking(tx -> reader.get(tx, call, key, includeDeleted));
    }

    /** @throws Failure CURSOR_INVALID when the cursor is not of this search and partner */
    public Page<V> search(Call call, Function<Tx, Search> search) {
        return ground.database().reading(tx -> reader.search(tx, call, search.apply(tx)));
    }

    /**
     * Committed changes after a cursor, in the order every reader sees.
     *
     * @param cursor {@code BEGINNING}, {@code NOW}, or one from an earlier answer
     * @throws Failure CURSOR_INVALID when the cursor is not of this feed and partner
     */
    public ChangePage<V> changes(Call call, String cursor, int pageSize) {
        return ground.database().reading(tx -> reader.changes(tx, call, cursor, pageSize));
    }

    /** The record that another kind of record names; it cannot change until the transaction ends. */
    public Stored<V> hold(Tx tx, Call call, RecordKey key, String path) {
        return lookup.same(tx, call, kind, key, path)
                .flatMap(id -> tx.awaiting(Code.OVERLOADED, () -> table.hold(tx, call.tenant(), id)))
                .orElseThrow(() -> Failure.of(kind.notFound()));
    }

    /** Our id of the record that another kind of record names, whatever its state. */
    public String idOf(Tx tx, Call call, RecordKey key, String path) {
        return lookup.same(tx, call, kind, key, path)
                .flatMap(id -> table.find(tx, call.tenant(), id))
                .orElseThrow(() -> Failure.of(kind.notFound()))
                .id();
    }

    private <A> Answered<A> once(Call call, @Nullable String created, Class<A> type, Function<Tx, A> write) {
        return ground.database().inTransaction(tx -> {
            Optional<IdempotencyKey> name = IdempotencyKey.of(call, created);
            Optional<Answered<A>> answered;
            if (call.request().validateOnly()) {
                tx.discard();
                answered = name.flatMap(key -> ground.idempotency().earlier(tx, call, key, type));
            } else {
                answered = name.map(key -> ground.idempotency().once(tx, call, key, type, () -> write.apply(tx)));
            }
            return answered.orElseGet(() -> new Answered<>(write.apply(tx), false));
        });
    }
}
