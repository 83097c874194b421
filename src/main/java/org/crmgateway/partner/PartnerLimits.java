package org.crmgateway.partner;

import org.jspecify.annotations.Nullable;

/**
 * How much a partner may call, on each node; what is absent is not limited.
 *
 * @param callsPerMinute on average; so many may come at once
 * @param callsAtOnce calls in work at the same time
 * @param messageSize of one message, in bytes
 */
public record PartnerLimits(
        @Nullable Integer callsPerMinute,
        @Nullable Integer callsAtOnce,
        @Nullable Long messageSize) {
    /** A partner that is only bound by what binds all. */
    public static final PartnerLimits NONE = new PartnerLimits(null, null, null);

    public PartnerLimits {
        if ((callsPerMinute != null && callsPerMinute < 1)
                || (callsAtOnce != null && callsAtOnce < 1)
                || (messageSize != null && messageSize < 1)) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }
}
