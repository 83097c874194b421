package org.crmgateway.record;

import org.jspecify.annotations.Nullable;

/**
 * How a caller names a record.
 *
 * @param id ours; it decides when both are given
 * @param externalId the calling partner's own
 */
public record RecordKey(@Nullable String id, @Nullable String externalId) {}
