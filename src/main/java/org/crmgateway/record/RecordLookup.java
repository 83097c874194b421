package org.crmgateway.record;

import java.util.Optional;
import java.util.function.Function;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Failure;

/** The one place that turns what a caller names into our id. */
final class RecordLookup {
    private final ExternalIdTable externalIds = new ExternalIdTable();

    /**
     * Our id of the record named by {@code key}; empty when an external id is unknown. An id of ours is taken as it is.
     *
     * @param path of the key in the request
     * @throws Failure RULE_VIOLATION/ONE_OF when the key names nothing
     */
    Optional<String> id(Tx tx, Call call, RecordKind kind, RecordKey key, String path) {
        return id(key, path, externalId -> externalIds.find(tx, call, kind, externalId));
    }

    /** As {@link #id(Tx, Call, RecordKind, RecordKey, String)}, with what finds an external id. */
    Optional<String> id(RecordKey key, String path, Function<String, Optional<String>> known) {
        if (key.id() != null) {
            return Optional.of(key.id());
        }
        if (key.externalId() == null) {
            throw Failure.rule(path, "ONE_OF");
        }
        return known.apply(key.externalId());
    }

    /** As {@link #id}; when both are given, they must name the same record. */
    Optional<String> same(Tx tx, Call call, RecordKind kind, RecordKey key, String path) {
        Optional<String> id = id(tx, call, kind, key, path);
        if (key.id() == null || key.externalId() == null) {
            return id;
        }
        return externalIds.find(tx, call, kind, key.externalId()).filter(key.id()::equals);
    }
}
