package org.crmgateway.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who fails again and again waits, each time longer, up to a bound; the same user from elsewhere does not. Nobody is locked
 * out for ever, and what is remembered is bounded. Thread-safe.
 */
final class BackOff {
    /** Typing errors are free. */
    static final int FREE = 5;

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** After so long without a failure all is forgotten. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<Who, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Failures> eldest) {
            return size() > MOST;
        }
    };

    private record Who(String user, String source) {}

    private record Failures(int count, Instant last) {
        Duration pause() {
            int doublings = Math.min(count - FREE, 16);
            Duration pause = FIRST.multipliedBy(1L << doublings);
            return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
        }
    }

    BackOff(Clock clock) {
        this.clock = clock;
    }

    /** Whether this one must wait still. */
    synchronized boolean waits(String user, String source) {
        Failures before = failures.get(new Who(user, source));
        return before != null
                && before.count() >= FREE
                && clock.instant().isBefore(before.last().plus(before.pause()));
    }

    synchronized void failed(String user, String source) {
        Instant now = clock.instant();
        Who who = new Who(user, source);
        Failures before = failures.get(who);
        boolean fresh = before != null && now.isBefore(before.last().plus(FORGOTTEN));
        failures.put(who, new Failures(before != null && fresh ? before.count() + 1 : 1, now));
    }

    synchronized void succeeded(String user, String source) {
        failures.remove(new Who(user, source));
    }
}
