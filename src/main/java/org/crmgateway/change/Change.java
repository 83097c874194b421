package org.crmgateway.change;

import java.time.Instant;

/**
 * One committed change of one record.
 *
 * @param kind of record, e.g. {@code customer}
 * @param version the record's version after it
 * @param event {@code created}, {@code updated}, {@code deleted} or {@code undeleted}
 * @param content the record as committed, in its stored form
 */
public record Change(
        String kind,
        String recordId,
        int version,
        String event,
        Instant createdAt,
        Instant changedAt,
        String content) {}
