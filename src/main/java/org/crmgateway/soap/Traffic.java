package org.crmgateway.soap;

import java.time.Clock;
import java.util.Optional;
import org.crmgateway.call.Allowance;
import org.crmgateway.call.Call;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.limit.Alarms;
import org.crmgateway.limit.Lanes;
import org.crmgateway.limit.PartnerRates;
import org.crmgateway.partner.Operation;
import org.crmgateway.telemetry.Telemetry;

/** The calls of all partners as limits see them, measured and told of. */
public final class Traffic {
    private final Lanes lanes;
    private final PartnerRates rates;
    private final Alarms alarms;
    private final Telemetry telemetry;

    public Traffic(Lanes lanes, Alarms alarms, Telemetry telemetry, Clock clock) {
        this.lanes = lanes;
        this.rates = new PartnerRates(clock);
        this.alarms = alarms;
        this.telemetry = telemetry;
    }

    /** @throws Failure RATE_LIMITED */
    Optional<Allowance> count(Call call) {
        try {
            return rates.count(call.partner(), call.message().repeated());
        } catch (Failure e) {
            over(call, "rate");
            throw e;
        }
    }

    /** @throws Failure RATE_LIMITED, or OVERLOADED beyond the partner's share */
    Lanes.Place enter(Call call) {
        String partner = call.partner().name();
        telemetry.inUse(call.partner(), () -> lanes.inUse(partner));
        Integer atOnce = call.partner().limits().callsAtOnce();
        try {
            return lanes.enter(partner, batch(call.operation()), atOnce == null ? Integer.MAX_VALUE : atOnce);
        } catch (Failure e) {
            over(call, e.code() == Code.RATE_LIMITED ? "at-once" : "share");
            throw e;
        }
    }

    /** @param limit which one, e.g. {@code rate} */
    void over(Call call, String limit) {
        String partner = call.partner().name();
        telemetry.limited(call.partner(), limit);
        alarms.raise(partner + " " + limit, "partner=" + partner + " is over its limit: " + limit);
    }

    private static boolean batch(Operation operation) {
        return operation == Operation.SAVE_CUSTOMERS || operation == Operation.SAVE_ORDERS;
    }
}
