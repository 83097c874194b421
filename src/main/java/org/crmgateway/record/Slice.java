package org.crmgateway.record;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The rows of one page: some number, or as many as their stored documents allow, whichever is less.
 *
 * @param more whether rows are left
 */
record Slice<T>(List<T> rows, boolean more) {
    private static final int MOST_CHARACTERS = 2 * 1024 * 1024;

    Slice {
        rows = List.copyOf(rows);
    }

    /**
     * Takes rows until the page is full; a single one always fits.
     *
     * @param length of a row's document, in characters
     */
    static <T> Slice<T> of(Iterator<T> found, int most, ToIntFunction<T> length) {
        List<T> rows = new ArrayList<>();
        long characters = 0;
        while (found.hasNext()) {
            if (rows.size() == most) {
                return new Slice<>(rows, true);
            }
            T row = found.next();
            characters += length.applyAsInt(row);
            if (characters > MOST_CHARACTERS && !rows.isEmpty()) {
                return new Slice<>(rows, true);
            }
            rows.add(row);
        }
        return new Slice<>(rows, false);
    }
}
