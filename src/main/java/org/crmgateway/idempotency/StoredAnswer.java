package org.crmgateway.idempotency;

import org.crmgateway.database.Json;
import org.crmgateway.partner.Operation;

/**
 * The committed answer of a write.
 *
 * @param json its stored form
 */
public record StoredAnswer(Operation operation, String json) {

    /** The answer, as one that an earlier call got. */
    public <A> Answered<A> as(Class<A> type) {
        return new Answered<>(Json.read(json, type), true);
    }
}
