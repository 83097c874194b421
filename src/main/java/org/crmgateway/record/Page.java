package org.crmgateway.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a search.
 *
 * @param nextCursor where the next page begins; none on the last
 * @param changesCursor on the first page: changes from here on complete this snapshot without a gap
 */
public record Page<V>(
        List<Seen<V>> records,
        @Nullable String nextCursor,
        @Nullable String changesCursor) {}
