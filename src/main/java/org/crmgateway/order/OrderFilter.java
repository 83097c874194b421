package org.crmgateway.order;

import java.time.Instant;
import java.time.LocalDate;
import org.crmgateway.record.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * Which orders a search finds; all that is given must hold.
 *
 * @param changedSince changed at or after
 * @param externalId the calling partner's own
 * @param orderDateFrom first day
 * @param orderDateUntil last day
 */
public record OrderFilter(
        @Nullable RecordKey customer,
        @Nullable OrderStatus status,
        @Nullable Instant changedSince,
        @Nullable String externalId,
        @Nullable LocalDate orderDateFrom,
        @Nullable LocalDate orderDateUntil) {}
