package org.crmgateway.limit;

import java.time.Duration;
import java.time.Instant;

/** So many at once, and so many a minute after that. Not thread-safe. */
final class TokenBucket {
    private static final double NANOS_A_MINUTE = 60e9;

    private final int capacity;
    private final double perNano;
    private double tokens;
    private Instant at;

    /** Full at first. */
    TokenBucket(int capacity, double perMinute, Instant now) {
        this.capacity = capacity;
        this.perNano = perMinute / NANOS_A_MINUTE;
        this.tokens = capacity;
        this.at = now;
    }

    /** Takes one if {@code reserve} more remain, or says false and takes nothing. */
    boolean take(int reserve, Instant now) {
        fill(now);
        if (tokens < reserve + 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    int left(Instant now) {
        fill(now);
        return (int) tokens;
    }

    /** How many are missing, those just coming back included. */
    int taken(Instant now) {
        return capacity - left(now);
    }

    Duration untilFull(Instant now) {
        return until(capacity, now);
    }

    /** Until {@link #take} would succeed; nothing when it would now. */
    Duration untilNext(int reserve, Instant now) {
        return until(reserve + 1.0, now);
    }

    private Duration until(double level, Instant now) {
        fill(now);
        return Duration.ofNanos((long) Math.ceil(Math.max(0, level - tokens) / perNano));
    }

    /** A clock that was set back gives nothing and takes nothing. */
    private void fill(Instant now) {
        long passed = Math.max(0, Duration.between(at, now).toNanos());
        tokens = Math.min(capacity, tokens + passed * perNano);
        at = now;
    }
}
