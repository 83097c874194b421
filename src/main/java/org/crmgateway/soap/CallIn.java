package org.crmgateway.soap;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.crmgateway.call.CallId;

/** The first step: gives the message its id, which every answer carries in {@code X-Call-Id}, and its time. */
final class CallIn extends AbstractPhaseInterceptor<Message> {
    private final Clock clock;
    private final RandomGenerator random;

    CallIn(Clock clock, RandomGenerator random) {
        super(Phase.RECEIVE);
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void handleMessage(Message message) {
        CallId id = CallId.random(random);
        message.getExchange().put(CallId.class, id);
        message.getExchange().put(Instant.class, clock.instant());
        // The answer would copy the request's.
        message.put(Message.ENCODING, StandardCharsets.UTF_8.name());
        if (message.get(AbstractHTTPDestination.HTTP_RESPONSE) instanceof HttpServletResponse response) {
            response.setHeader(CallId.HEADER, id.value());
        }
    }
}
