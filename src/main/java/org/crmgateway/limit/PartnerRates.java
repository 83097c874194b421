package org.crmgateway.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.crmgateway.call.Allowance;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Partner;

/** Counts the calls of partners that have a limit of calls a minute, on this node. Thread-safe. */
public final class PartnerRates {
    private final Clock clock;
    /** By partner: there are no more than were registered. */
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    private record Counted(int callsPerMinute, TokenBucket bucket) {}

    public PartnerRates(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts a call.
     *
     * @param repeated whether its bytes came before. Whoever has seen a message can send it again: repeats never take the
     *     second half of what a partner may, so that they cannot lock it out
     * @return what is left, for a partner with a limit
     * @throws Failure RATE_LIMITED when nothing is left
     */
    public Optional<Allowance> count(Partner partner, boolean repeated) {
        Integer limit = partner.limits().callsPerMinute();
        if (limit == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        TokenBucket bucket = bucket(partner.name(), limit, now);
        synchronized (bucket) {
            int reserve = repeated ? limit / 2 : 0;
            if (!bucket.take(reserve, now)) {
                throw Failure.busy(Code.RATE_LIMITED, atLeastASecond(bucket.untilNext(reserve, now)), null);
            }
            return Optional.of(new Allowance(limit, bucket.left(now), bucket.untilFull(now)));
        }
    }

    private TokenBucket bucket(String partner, int limit, Instant now) {
        return counted.compute(
                        partner,
                        (name, before) -> before != null && before.callsPerMinute == limit
                                ? before
                                : new Counted(limit, new TokenBucket(limit, limit, now)))
                .bucket;
    }

    private static Duration atLeastASecond(Duration wait) {
        return wait.toSeconds() < 1 ? Duration.ofSeconds(1) : wait;
    }
}
