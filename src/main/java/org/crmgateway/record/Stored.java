package org.crmgateway.record;

import java.time.Instant;

/**
 * A record as the database holds it.
 *
 * @param version from 1, one more with each change
 * @param value what the room knows of it
 */
public record Stored<V>(
        String tenant, String id, int version, boolean deleted, Instant createdAt, Instant changedAt, V value) {

    Stored<V> changed(V next, boolean nextDeleted, Instant at) {
        return new Stored<>(tenant, id, version + 1, nextDeleted, createdAt, at, next);
    }
}
