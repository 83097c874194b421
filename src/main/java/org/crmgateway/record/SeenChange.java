package org.crmgateway.record;

import java.time.Instant;

/**
 * A committed change as one partner sees it.
 *
 * @param event {@code created}, {@code updated}, {@code deleted} or {@code undeleted}
 * @param own whether the asking partner caused it
 * @param seen the record as committed
 */
public record SeenChange<V>(String event, Instant at, boolean own, Seen<V> seen) {}
