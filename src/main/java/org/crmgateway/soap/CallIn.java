package org.crmgateway.soap;

import jakarta.servlet.http.HttpServletRequest;
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
    /** The HTTP header by which the gateway knows its own first calls: they are no attack. */
    static final String SELF_TEST = "X-Self-Test";

    private final Clock clock;
    private final RandomGenerator random;
    private final String selfTest;

    /** @param selfTest what the gateway's calls to itself carry in {@link #SELF_TEST}, and nobody else knows */
    CallIn(Clock clock, RandomGenerator random, String selfTest) {
        super(Phase.RECEIVE);
        this.clock = clock;
        this.random = random;
        this.selfTest = selfTest;
    }

    @Override
    public void handleMessage(Message message) {
        CallId id = ownCall(message) ? CallId.selfTest(random) : CallId.random(random);
        message.getExchange().put(CallId.class, id);
        message.getExchange().put(Instant.class, clock.instant());
        // The answer would copy the request's.
        message.put(Message.ENCODING, StandardCharsets.UTF_8.name());
        if (message.get(AbstractHTTPDestination.HTTP_RESPONSE) instanceof HttpServletResponse response) {
            response.setHeader(CallId.HEADER, id.value());
        }
    }

    private boolean ownCall(Message message) {
        return message.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request
                && selfTest.equals(request.getHeader(SELF_TEST));
    }
}
