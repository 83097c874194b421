package org.crmgateway.soap;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.cxf.binding.soap.interceptor.MustUnderstandInterceptor;
import org.apache.cxf.binding.soap.interceptor.Soap11FaultOutInterceptor;
import org.apache.cxf.binding.soap.interceptor.SoapPreProtocolOutInterceptor;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.interceptor.MessageSenderInterceptor;
import org.apache.cxf.interceptor.OutgoingChainInterceptor;
import org.apache.cxf.interceptor.ServiceInvokerInterceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.wsdl.interceptors.BareOutInterceptor;
import org.apache.cxf.wsdl.interceptors.DocLiteralInInterceptor;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.CallId;
import org.crmgateway.idempotency.Idempotency;
import org.crmgateway.security.EndpointAddress;
import org.crmgateway.security.Gates;
import org.crmgateway.security.Shape;
import org.crmgateway.security.ShapeLimits;
import org.crmgateway.telemetry.Telemetry;

/**
 * The way of a message, as a list: every interceptor of every endpoint stands here, in the order it runs. CXF sorts them by
 * phase and does not always keep the rest, so a test asserts the order that comes out.
 */
public final class Chain {
    private final Gates gates;
    private final Idempotency idempotency;
    private final Traffic traffic;
    private final Telemetry telemetry;
    private final RefusalTrail trail;
    private final Clock clock;
    private final int largestMessage;
    private final Shape shape = new Shape(ShapeLimits.ofContract());
    private final SecureRandom random = new SecureRandom();
    private final String selfTest = CallId.random(random).value();

    /** @param largestMessage in bytes */
    public Chain(
            Gates gates,
            Idempotency idempotency,
            Traffic traffic,
            Telemetry telemetry,
            RefusalTrail trail,
            Clock clock,
            int largestMessage) {
        this.gates = gates;
        this.idempotency = idempotency;
        this.traffic = traffic;
        this.telemetry = telemetry;
        this.trail = trail;
        this.clock = clock;
        this.largestMessage = largestMessage;
    }

    /** HTTP headers of the gateway's calls to itself, so that they are not taken for a stranger's. */
    public Map<String, String> selfTestHeaders() {
        return Map.of(CallIn.SELF_TEST, selfTest);
    }

    /** Gives an endpoint these interceptors and no others. */
    void install(Endpoint endpoint, EndpointAddress address) {
        endpoint.getInInterceptors().clear();
        endpoint.getOutInterceptors().clear();
        endpoint.getOutFaultInterceptors().clear();
        endpoint.getService().getInInterceptors().clear();
        endpoint.getService().getOutInterceptors().clear();
        endpoint.getService().getOutFaultInterceptors().clear();
        replace(endpoint.getBinding().getInInterceptors(), in(address));
        EnvelopeOut envelope = new EnvelopeOut(gates.outbound());
        replace(endpoint.getBinding().getOutInterceptors(), out(envelope));
        replace(endpoint.getBinding().getOutFaultInterceptors(), fault(address, envelope));
    }

    private static void replace(
            List<Interceptor<? extends Message>> present, List<Interceptor<? extends Message>> wanted) {
        present.clear();
        present.addAll(wanted);
    }

    private List<Interceptor<? extends Message>> in(EndpointAddress address) {
        List<Interceptor<? extends Message>> chain = new ArrayList<>();
        chain.add(new CallIn(clock, random, selfTest));
        chain.addAll(gates.door(address.dialect()));
        chain.add(new EnvelopeIn(shape, address, largestMessage));
        chain.addAll(gates.verification(address.dialect()));
        chain.addAll(List.of(
                new MustUnderstandInterceptor(),
                gates.gate(address),
                new LimitIn(traffic),
                new RepeatIn(idempotency),
                new PayloadIn(),
                new DocLiteralInInterceptor(),
                new ServiceInvokerInterceptor(),
                new OutgoingChainInterceptor()));
        return chain;
    }

    private List<Interceptor<? extends Message>> out(EnvelopeOut envelope) {
        return List.of(
                new SoapPreProtocolOutInterceptor(),
                new MessageSenderInterceptor(),
                envelope,
                new BareOutInterceptor(),
                new CallOut(telemetry, clock));
    }

    private List<Interceptor<? extends Message>> fault(EndpointAddress address, EnvelopeOut envelope) {
        return List.of(
                new FaultOut(gates.refused(), address, trail),
                new SoapPreProtocolOutInterceptor(),
                new MessageSenderInterceptor(),
                // Writes a fault of either version.
                new Soap11FaultOutInterceptor(),
                envelope,
                new CallOut(telemetry, clock));
    }
}
