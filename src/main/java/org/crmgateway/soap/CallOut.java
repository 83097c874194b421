package org.crmgateway.soap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.crmgateway.call.Call;
import org.crmgateway.call.CallId;
import org.crmgateway.failure.Failure;
import org.crmgateway.idempotency.StoredAnswer;
import org.crmgateway.security.Refusal;
import org.crmgateway.telemetry.Outcome;
import org.crmgateway.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last step, of an answer and of a fault: one line in the log and one measurement, both without content. */
final class CallOut extends AbstractPhaseInterceptor<Message> {
    private static final Logger CALLS = LoggerFactory.getLogger("call");

    private final Telemetry telemetry;
    private final Clock clock;

    CallOut(Telemetry telemetry, Clock clock) {
        super(Phase.SETUP_ENDING);
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void handleMessage(Message message) {
        Exchange exchange = message.getExchange();
        Duration took = Duration.between(exchange.get(Instant.class), clock.instant());
        Call call = exchange.get(Call.class);
        Refusal refusal = exchange.get(Refusal.class);
        Failure failure = exchange.get(Failure.class);
        if (refusal != null) {
            count(exchange.get(CallId.class), refusal);
        } else if (call != null) {
            telemetry.called(call, outcome(failure, exchange), took);
            telemetry.told(call);
        } else {
            telemetry.refused("busy");
        }
        CALLS.info(
                "call={} partner={} operation={} dialect={} outcome={} ms={} bytes={}",
                exchange.get(CallId.class).value(),
                call == null ? "-" : call.partner().name(),
                call == null ? "-" : call.operation().wireName(),
                call == null ? "-" : call.dialect().label(),
                code(refusal, failure),
                took.toMillis(),
                exchange.get(EnvelopeIn.SIZE));
    }

    /** The gateway's own first calls say nothing about who else calls. */
    private void count(CallId id, Refusal refusal) {
        if (!id.ofSelfTest()) {
            telemetry.refused(refusal.reason());
        }
    }

    private static String code(@Nullable Refusal refusal, @Nullable Failure failure) {
        if (refusal != null) {
            return "REFUSED_" + refusal.kind();
        }
        return failure == null ? "OK" : failure.code().name();
    }

    private static Outcome outcome(@Nullable Failure failure, Exchange exchange) {
        if (failure == null) {
            return exchange.get(StoredAnswer.class) == null ? Outcome.ANSWERED : Outcome.REPLAYED;
        }
        return switch (failure.code().category()) {
            case INVALID -> Outcome.INVALID;
            case DENIED -> Outcome.DENIED;
            case NOT_FOUND -> Outcome.NOT_FOUND;
            case CONFLICT -> Outcome.CONFLICT;
            case BUSY -> Outcome.BUSY;
            case INTERNAL -> Outcome.INTERNAL;
        };
    }
}
