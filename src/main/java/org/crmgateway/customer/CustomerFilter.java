package org.crmgateway.customer;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which customers a search finds; all that is given must hold.
 *
 * @param name how the case-folded name begins
 * @param changedSince changed at or after
 * @param validOn within the validity period, whose absent ends are open
 * @param externalId the calling partner's own
 */
public record CustomerFilter(
        @Nullable String name,
        @Nullable CustomerStatus status,
        @Nullable String source,
        @Nullable String segment,
        @Nullable Instant changedSince,
        @Nullable LocalDate validOn,
        @Nullable String externalId,
        boolean includeDeleted) {}
