package org.crmgateway.record;

import org.jspecify.annotations.Nullable;

/**
 * A record as one partner sees it.
 *
 * @param externalId that partner's own id, when it gave one
 */
public record Seen<V>(Stored<V> record, @Nullable String externalId) {}
