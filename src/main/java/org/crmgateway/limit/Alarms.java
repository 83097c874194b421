package org.crmgateway.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log when somebody goes over a limit and when that is over: two lines for each, however many messages there are
 * between them, and only so many in a round. Thread-safe.
 */
public final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger("alarm");
    /** Alarms told between two rounds; more are counted. */
    static final int MOST = 20;
    /** Over once nothing has happened for so long. */
    static final Duration QUIET = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<Object, Raised> raised = new HashMap<>();
    private int told;
    private int untold;

    private record Raised(String what, Instant last) {}

    public Alarms(Clock clock) {
        this.clock = clock;
    }

    /**
     * Something is over its limit.
     *
     * @param who is over; the same again is no new alarm until it was quiet
     * @param what for the log, in words without any input; the same stands in the line that says it is over
     */
    public synchronized void raise(Object who, String what) {
        Raised before = raised.get(who);
        if (before != null) {
            raised.put(who, new Raised(before.what, clock.instant()));
        } else if (told < MOST) {
            told++;
            raised.put(who, new Raised(what, clock.instant()));
            LOG.warn("{}", what);
        } else {
            untold++;
        }
    }

    /** Ends what is over; to be called every few seconds. */
    public synchronized void round() {
        Instant quietSince = clock.instant().minus(QUIET);
        Iterator<Raised> all = raised.values().iterator();
        int ended = 0;
        while (all.hasNext()) {
            Raised alarm = all.next();
            if (alarm.last.isBefore(quietSince)) {
                all.remove();
                ended++;
                if (ended <= MOST) {
                    LOG.info("over: {}", alarm.what);
                }
            }
        }
        if (ended > MOST) {
            LOG.info("over: {} more alarms", ended - MOST);
        }
        if (untold > 0) {
            LOG.warn("{} more alarms, not told one by one", untold);
        }
        told = 0;
        untold = 0;
    }
}
