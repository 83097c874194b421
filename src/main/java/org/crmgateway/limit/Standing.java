package org.crmgateway.limit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is remembered of one source. Not thread-safe: {@link Sources} locks. */
final class Standing {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** So long without a pause, and the next is a first one again. */
    static final Duration FORGIVEN = Duration.ofMinutes(10);

    private static final int COUNTED_ONCE = 256 * 1024;

    private final SourceLimits limits;
    private final boolean known;
    private int connections;
    private int pauses;
    private @Nullable TokenBucket opening;
    private @Nullable TokenBucket refusals;
    private @Nullable Instant pausedUntil;

    Standing(SourceLimits limits, boolean known) {
        this.limits = limits;
        this.known = known;
    }

    /** The same source, known now or no longer: its connections stay, its refusals are forgiven. */
    Standing as(boolean nowKnown) {
        Standing standing = new Standing(limits, nowKnown);
        standing.connections = connections;
        return standing;
    }

    Sources.Entry connect(Instant now) {
        if (connections >= limits.connections(known)) {
            return Sources.Entry.MANY;
        }
        if (opening == null) {
            int rate = limits.connectionsASecond(known);
            opening = new TokenBucket(Math.max(2 * rate, limits.connections(known)), 60.0 * rate, now);
        }
        if (!opening.take(0, now)) {
            return Sources.Entry.FAST;
        }
        connections++;
        return Sources.Entry.OPEN;
    }

    void disconnect() {
        connections--;
    }

    boolean connected() {
        return connections > 0;
    }

    /** What is left of a pause; nothing when there is none, or when it began by a clock that was ahead and has been set right. */
    Duration pause(Instant now) {
        Duration left = pausedUntil == null ? Duration.ZERO : Duration.between(now, pausedUntil);
        return left.isNegative() || left.compareTo(LONGEST_PAUSE) > 0 ? Duration.ZERO : left;
    }

    int blame(Instant now) {
        return refusals == null ? 0 : refusals.taken(now);
    }

    /**
     * Counts a refused message.
     *
     * @param size in bytes: of strangers what is large costs more, and counts more
     * @return whether a pause begins with this one
     */
    boolean refused(int size, Instant now) {
        if (refusals == null) {
            int allowed = limits.refusalsAMinute(known);
            refusals = new TokenBucket(allowed, allowed, now);
        }
        boolean within = true;
        for (int counted = 0; counted <= (known ? 0 : size / COUNTED_ONCE); counted++) {
            within = refusals.take(0, now);
        }
        if (within || !pause(now).isZero()) {
            return false;
        }
        if (pausedUntil != null && pausedUntil.plus(FORGIVEN).isBefore(now)) {
            pauses = 0;
        }
        pausedUntil = now.plus(length());
        pauses = Math.min(pauses + 1, 10);
        return true;
    }

    /** Twice as long each time; but a known source is not locked out for what one of many behind it does. */
    private Duration length() {
        Duration longer = FIRST_PAUSE.multipliedBy(1L << pauses);
        Duration longest = known ? FIRST_PAUSE : LONGEST_PAUSE;
        return longer.compareTo(longest) < 0 ? longer : longest;
    }
}
