package org.crmgateway.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.crmgateway.audit.AuditEvent;
import org.crmgateway.call.Call;
import org.crmgateway.change.Change;
import org.crmgateway.database.Json;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One write inside a running transaction: find, check the version, let the room decide, store with change and audit. What can be
 * refused is refused before the first row is written, so that a refused row of a batch leaves nothing behind.
 */
final class Writer<V, I> {
    private final RecordGround ground;
    private final RecordTable<V> table;
    private final Room<V, I> room;
    private final RecordKind kind;
    private final RecordLookup lookup = new RecordLookup();
    private final ExternalIdTable externalIds = new ExternalIdTable();

    Writer(RecordGround ground, RecordTable<V> table, Room<V, I> room) {
        this.ground = ground;
        this.table = table;
        this.room = room;
        this.kind = room.kind();
    }

    Receipt create(Tx tx, Call call, Draft<I> draft) {
        if (draft.key().id() != null) {
            throw Failure.rule(kind.label() + "/id", "NOT_ALLOWED");
        }
        if (draft.expectedVersion() != null) {
            throw Failure.rule(kind.label() + "/expectedVersion", "NOT_ALLOWED");
        }
        return insert(tx, call, draft)
                .orElseThrow(() -> taken(tx, call, draft.key().externalId()));
    }

    Receipt update(Tx tx, Call call, Draft<I> draft) {
        String id = lookup.id(tx, call, kind, draft.key(), kind.label()).orElseThrow(() -> Failure.of(kind.notFound()));
        return update(tx, call, draft, id);
    }

    Receipt upsert(Tx tx, Call call, Draft<I> draft) {
        return upsert(tx, call, draft, lookup.id(tx, call, kind, draft.key(), kind.label()));
    }

    /** @param known what {@link #known} found for the batch */
    Receipt upsert(Tx tx, Call call, Draft<I> draft, Map<String, String> known) {
        return upsert(
                tx, call, draft, lookup.id(draft.key(), kind.label(), name -> Optional.ofNullable(known.get(name))));
    }

    /** Our ids of the records that these rows name by ids of the partner's. */
    Map<String, String> known(Tx tx, Call call, List<Row<I>> rows) {
        List<String> names = rows.stream()
                .map(row -> row.draft().key())
                .filter(key -> key.id() == null)
                .map(RecordKey::externalId)
                .filter(Objects::nonNull)
                .toList();
        return externalIds.ids(tx, call, kind, names);
    }

    private Receipt upsert(Tx tx, Call call, Draft<I> draft, Optional<String> id) {
        if (id.isPresent()) {
            return update(tx, call, draft, id.get());
        }
        if (draft.expectedVersion() != null) {
            throw Failure.of(kind.notFound());
        }
        // Empty when another transaction has created it meanwhile: then there is something to update.
        return insert(tx, call, draft).orElseGet(() -> update(tx, call, draft));
    }

    Receipt act(
            Tx tx,
            Call call,
            RecordKey key,
            @Nullable Integer expectedVersion,
            BiFunction<Tx, Stored<V>, Effect<V>> action) {
        String id = lookup.same(tx, call, kind, key, "key").orElseThrow(() -> Failure.of(kind.notFound()));
        Stored<V> current = lock(tx, call, id, expectedVersion);
        Effect<V> effect = action.apply(tx, current);
        String externalId = externalIds.of(tx, call, List.of(id)).get(id);
        if (effect.outcome() == Outcome.UNCHANGED) {
            return receipt(current, externalId, Outcome.UNCHANGED);
        }
        return replace(
                tx, call, current.changed(effect.value(), effect.deleted(), now()), externalId, effect.outcome());
    }

    private Optional<Receipt> insert(Tx tx, Call call, Draft<I> draft) {
        Instant now = now();
        String id = ground.ids().next(kind);
        String externalId = draft.key().externalId();
        V value = room.create(tx, call, draft.input());
        if (externalId != null && !claim(tx, call, externalId, id)) {
            return Optional.empty();
        }
        Stored<V> row = new Stored<>(call.tenant(), id, 1, false, now, now, value);
        table.insert(tx, row);
        return Optional.of(note(tx, call, row, externalId, Outcome.CREATED));
    }

    private Receipt update(Tx tx, Call call, Draft<I> draft, String id) {
        Stored<V> current = lock(tx, call, id, draft.expectedVersion());
        if (current.deleted()) {
            throw Failure.about(kind.deleted(), id, current.version());
        }
        V next = room.change(tx, call, current, draft.input());
        String externalId = name(tx, call, draft.key(), current);
        if (next.equals(current.value())) {
            return receipt(current, externalId, Outcome.UNCHANGED);
        }
        return replace(tx, call, current.changed(next, false, now()), externalId, Outcome.UPDATED);
    }

    /** The caller's name of the record; a new one that came along with our id is remembered. */
    private @Nullable String name(Tx tx, Call call, RecordKey key, Stored<V> current) {
        String id = current.id();
        String externalId = key.externalId();
        if (externalId == null) {
            return externalIds.of(tx, call, List.of(id)).get(id);
        }
        if (key.id() == null) {
            return externalId;
        }
        if (claim(tx, call, externalId, id)) {
            ground.audit().append(tx, call, AuditEvent.NAMED, kind.label(), id, current.version());
        } else if (!externalIds.find(tx, call, kind, externalId).equals(Optional.of(id))) {
            throw taken(tx, call, externalId);
        }
        return externalId;
    }

    private boolean claim(Tx tx, Call call, String externalId, String id) {
        return tx.awaiting(Code.IN_PROGRESS, () -> externalIds.insert(tx, call, kind, externalId, id));
    }

    private Stored<V> lock(Tx tx, Call call, String id, @Nullable Integer expectedVersion) {
        Stored<V> current = tx.awaiting(Code.OVERLOADED, () -> table.lock(tx, call.tenant(), id))
                .orElseThrow(() -> Failure.of(kind.notFound()));
        if (expectedVersion != null && expectedVersion != current.version()) {
            throw Failure.about(Code.VERSION_STALE, id, current.version());
        }
        return current;
    }

    private Receipt replace(Tx tx, Call call, Stored<V> row, @Nullable String externalId, Outcome outcome) {
        table.update(tx, row);
        return note(tx, call, row, externalId, outcome);
    }

    private Receipt note(Tx tx, Call call, Stored<V> row, @Nullable String externalId, Outcome outcome) {
        ground.changes()
                .append(
                        tx,
                        call,
                        new Change(
                                kind.label(),
                                row.id(),
                                row.version(),
                                outcome.event(),
                                row.createdAt(),
                                row.changedAt(),
                                Json.write(row.value())));
        ground.audit().append(tx, call, outcome.audited(), kind.label(), row.id(), row.version());
        return receipt(row, externalId, outcome);
    }

    private Receipt receipt(Stored<V> row, @Nullable String externalId, Outcome outcome) {
        return new Receipt(
                row.id(), externalId, row.version(), outcome, room.status(row.value()), room.totals(row.value()));
    }

    private Failure taken(Tx tx, Call call, @Nullable String externalId) {
        return Optional.ofNullable(externalId)
                .flatMap(name -> externalIds.find(tx, call, kind, name))
                .flatMap(id -> table.find(tx, call.tenant(), id))
                .map(row -> Failure.about(Code.EXTERNAL_ID_TAKEN, row.id(), row.version()))
                .orElseGet(() -> Failure.of(Code.EXTERNAL_ID_TAKEN));
    }

    private Instant now() {
        return ground.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
