package org.crmgateway;

import java.time.Clock;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Legacy;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;
import org.crmgateway.telemetry.Telemetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reminds the operator, every day, of the partners that still use {@code legacy-2005}, and of how long they may. */
final class LegacyCountdown {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyCountdown.class);

    private final Registry registry;
    private final Clock clock;

    LegacyCountdown(Registry registry, Telemetry telemetry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        telemetry.gauge(
                "crm.legacy.days", "Days until the first partner's legacy-2005 ends; NaN without one", this::first);
    }

    /** A line for each of them. */
    void log() {
        for (Partner partner : registry.speaking(Dialect.LEGACY_2005)) {
            Legacy terms = partner.protection().legacy();
            if (terms != null) {
                long left = terms.daysLeft(clock.instant());
                LOG.warn(
                        "partner {} uses legacy-2005 until {}: {}",
                        partner.name(),
                        terms.until(),
                        left < 0 ? "over, its calls are refused" : left + " days left");
            }
        }
    }

    private double first() {
        try {
            return registry.speaking(Dialect.LEGACY_2005).stream()
                    .map(partner -> partner.protection().legacy())
                    .mapToDouble(terms -> terms == null ? Double.NaN : terms.daysLeft(clock.instant()))
                    .min()
                    .orElse(Double.NaN);
        } catch (Failure e) {
            return Double.NaN;
        }
    }
}
