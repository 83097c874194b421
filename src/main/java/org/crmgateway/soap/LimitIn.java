package org.crmgateway.soap;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.crmgateway.call.Allowance;
import org.crmgateway.call.Call;
import org.crmgateway.call.Passage;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.PartnerLimits;

/**
 * Behind the gate and before the body is read or the database used: what this partner may, by its own limits and by its share
 * of the workers. A repeat that would be answered from the store counts like any call.
 */
final class LimitIn extends AbstractPhaseInterceptor<Message> {
    private final Traffic traffic;

    LimitIn(Traffic traffic) {
        super(Phase.POST_PROTOCOL);
        this.traffic = traffic;
    }

    @Override
    public void handleMessage(Message message) {
        Exchange exchange = message.getExchange();
        Call call = exchange.get(Call.class);
        Optional<Passage> passage = passage(message);
        if (!call.message().repeated()) {
            // Whoever has seen a message can send it again: a repeat says nothing about its sender.
            passage.ifPresent(Passage::verified);
        }
        requireSize(call, exchange.get(EnvelopeIn.SIZE) instanceof Integer bytes ? bytes : 0);
        Optional<Allowance> allowance = traffic.count(call);
        exchange.put(Call.class, call.with(allowance.orElse(null)));
        passage.ifPresent(way -> way.atEnd(traffic.enter(call)::leave));
    }

    private void requireSize(Call call, int bytes) {
        PartnerLimits limits = call.partner().limits();
        if (limits.messageSize() != null && bytes > limits.messageSize()) {
            traffic.over(call, "size");
            throw Failure.of(Code.MESSAGE_TOO_LARGE);
        }
    }

    /** What the port left; nothing when a message came another way. */
    static Optional<Passage> passage(Message message) {
        return message.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request
                        && request.getAttribute(Passage.ATTRIBUTE) instanceof Passage passage
                ? Optional.of(passage)
                : Optional.empty();
    }
}
