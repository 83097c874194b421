package org.crmgateway.record;

import java.util.List;

/**
 * A page of the change feed.
 *
 * @param nextCursor where to go on, also when nothing came
 * @param more whether more changes are there already
 */
public record ChangePage<V>(List<SeenChange<V>> changes, String nextCursor, boolean more) {}
