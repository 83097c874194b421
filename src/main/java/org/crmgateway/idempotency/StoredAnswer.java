package org.crmgateway.idempotency;

import org.crmgateway.partner.Operation;

/**
 * The committed answer of a write.
 *
 * @param json its stored form
 */
public record StoredAnswer(Operation operation, String json) {}
