package org.crmgateway.record;

import org.jspecify.annotations.Nullable;

/**
 * A record as sent.
 *
 * @param expectedVersion the version the caller believes in; absent: any
 * @param input what the room knows of it; absent fields mean "unchanged"
 */
public record Draft<I>(RecordKey key, @Nullable Integer expectedVersion, I input) {}
