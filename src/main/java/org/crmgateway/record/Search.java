package org.crmgateway.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search as its room states it.
 *
 * @param conditions SQL over the table {@code r}, all of which must hold
 * @param parameters of the conditions
 * @param filter the same in a stable form, to which a cursor is bound
 * @param cursor where to go on; absent for the first page
 */
public record Search(
        List<String> conditions,
        Map<String, Object> parameters,
        String filter,
        int pageSize,
        @Nullable String cursor) {
    public Search {
        conditions = List.copyOf(conditions);
        parameters = Map.copyOf(parameters);
    }
}
