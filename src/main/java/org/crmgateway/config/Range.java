package org.crmgateway.config;

import java.time.Duration;

/**
 * What a setting may be, both ends included.
 *
 * @param least a number, or milliseconds
 * @param most a number, or milliseconds
 * @param text the same for people
 */
record Range(long least, long most, String text) {
    static Range of(long least, long most) {
        return new Range(least, most, least + " to " + most);
    }

    /** @param least and {@code most}: as {@link DurationText} reads them */
    static Range of(String least, String most) {
        return new Range(
                DurationText.read(least).toMillis(), DurationText.read(most).toMillis(), least + " to " + most);
    }

    /** @param least and {@code most}: as {@link SizeText} reads them */
    static Range sizes(String least, String most) {
        return new Range(SizeText.read(least), SizeText.read(most), least + " to " + most);
    }

    /** Up to half of the heap: a message is held as a tree, too. */
    static Range ofHeap(String least) {
        return new Range(
                SizeText.read(least), Runtime.getRuntime().maxMemory() / 2, least + " to half of the heap (-Xmx)");
    }

    boolean holds(Object value) {
        long number;
        if (value instanceof Duration duration) {
            number = duration.toMillis();
        } else {
            number = ((Number) value).longValue();
        }
        return least <= number && number <= most;
    }
}
