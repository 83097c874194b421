package org.crmgateway.record;

import org.jspecify.annotations.Nullable;

/** The answer of a write: what became of the record, never the record. Holds no personal data, since it is stored. */
public record Receipt(
        String id,
        @Nullable String externalId,
        int version,
        Outcome outcome,
        @Nullable String status,
        @Nullable Totals totals) {}
