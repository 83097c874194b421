package org.crmgateway.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the port remembers of where messages come from. A source is a stranger until a call from it has been let in; then it is
 * known for a week, and borne more from. Bounded, whatever number of addresses an attacker has. Thread-safe.
 */
public final class Sources {
    static final int MOST_STRANGERS = 10_000;
    static final int MOST_KNOWN = 5_000;
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final SourceLimits limits;
    private final Clock clock;
    private volatile boolean counting;
    private final Map<Source, Standing> strangers = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Source, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Known(Standing standing, Instant lastVerified) {}

    /** Whether a connection may be had. */
    public enum Entry {
        OPEN,
        /** The source has as many as it may. */
        MANY,
        /** The source opens them too fast. */
        FAST
    }

    public Sources(SourceLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** From now on refusals count: the gateway has called itself by then, and been refused as it must be. */
    public void count() {
        counting = true;
    }

    /** Counts a connection unless it is refused; {@link #disconnect} must follow one that is open. */
    public synchronized Entry connect(Source source) {
        return remembered(source).connect(clock.instant());
    }

    public synchronized void disconnect(Source source) {
        Standing standing = find(source);
        if (standing != null) {
            standing.disconnect();
        }
    }

    /** Whether a call from there has been let in, within the last week. */
    public synchronized boolean known(Source source) {
        Known found = known.get(source);
        if (found == null) {
            return false;
        }
        boolean still = found.lastVerified.plus(REMEMBERED).isAfter(clock.instant());
        if (!still) {
            known.remove(source);
            strangers.put(source, found.standing.as(false));
        }
        return still;
    }

    /** How long a source is still refused before its message is read; nothing when it is not. */
    public synchronized Duration pause(Source source) {
        Standing standing = find(source);
        return standing == null ? Duration.ZERO : standing.pause(clock.instant());
    }

    /** Messages refused lately: who has fewer goes first. */
    public synchronized int blame(Source source) {
        Standing standing = find(source);
        return standing == null ? 0 : standing.blame(clock.instant());
    }

    /**
     * Counts a refused message.
     *
     * @param size in bytes
     * @return the pause that begins with it; nothing when none does
     */
    public synchronized Duration refused(Source source, int size) {
        if (!counting) {
            return Duration.ZERO;
        }
        Standing standing = remembered(source);
        Instant now = clock.instant();
        return standing.refused(size, now) ? standing.pause(now) : Duration.ZERO;
    }

    /** A new call from there was let in. */
    public synchronized void verified(Source source) {
        Known before = known.get(source);
        if (before != null) {
            known.put(source, new Known(before.standing, clock.instant()));
            return;
        }
        Standing stranger = strangers.remove(source);
        Standing standing = stranger == null ? new Standing(limits, true) : stranger.as(true);
        known.put(source, new Known(standing, clock.instant()));
        if (known.size() > MOST_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** How many sources are remembered. */
    synchronized int size() {
        return strangers.size() + known.size();
    }

    private @Nullable Standing find(Source source) {
        Known found = known.get(source);
        return found == null ? strangers.get(source) : found.standing;
    }

    private Standing remembered(Source source) {
        Standing standing = find(source);
        if (standing == null) {
            standing = new Standing(limits, false);
            strangers.put(source, standing);
            forgetOne();
        }
        return standing;
    }

    /** The one not seen for longest; those with connections are at most as many as there are connections. */
    private void forgetOne() {
        Iterator<Standing> eldest = strangers.values().iterator();
        boolean forgotten = strangers.size() <= MOST_STRANGERS;
        while (!forgotten && eldest.hasNext()) {
            if (!eldest.next().connected()) {
                eldest.remove();
                forgotten = true;
            }
        }
    }
}
