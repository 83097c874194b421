package org.crmgateway.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as one partner sees it.
 *
 * @param names that partner's own ids of this record and of those it names, by our id
 */
public record Seen<V>(Stored<V> record, Map<String, String> names) {

    /** The partner's own id of this record, when it gave one. */
    public @Nullable String externalId() {
        return names.get(record.id());
    }
}
