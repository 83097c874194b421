package org.crmgateway.limit;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How soon places become free while others wait for them, as a moving average: so it is known how long the next would wait
 * before it does. Not thread-safe.
 */
final class Pace {
    /** Of the newest interval in the average: the last twenty or so count. */
    private static final double WEIGHT = 0.1;

    private final LongSupplier nanos;
    private double interval;
    private long last;
    private boolean busy;

    /** @param nanos a clock that only goes on, e.g. {@link System#nanoTime} */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A place has become free. */
    void free(boolean othersWait) {
        long now = nanos.getAsLong();
        if (busy) {
            double taken = (double) now - last;
            interval = interval == 0 ? taken : interval + WEIGHT * (taken - interval);
        }
        last = now;
        busy = othersWait;
    }

    /** How long someone would wait behind so many; zero while nothing is known. Places that are stuck count from the last one. */
    Duration waitBehind(int others) {
        double since = busy ? (double) nanos.getAsLong() - last : 0;
        return Duration.ofNanos((long) (Math.max(interval, since) * (others + 1)));
    }
}
