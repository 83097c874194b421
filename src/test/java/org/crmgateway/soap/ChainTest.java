package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.StreamSupport;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.phase.PhaseManager;
import org.crmgateway.attack.Attack;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.junit.jupiter.api.Test;

/** The order in which CXF really runs the interceptors; one more or less can move the others. */
final class ChainTest {
    @Test
    @Attack("A-Z13")
    void aSecuredRequestPassesTheseInThisOrder() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            Endpoint endpoint = gateway.endpoint(Dialect.MODERN, SoapEnvelope.SOAP_11);
            assertThat(order(in(), endpoint.getBinding().getInInterceptors()))
                    .containsExactly(
                            "CallIn",
                            "EnvelopeIn",
                            "InboundSecurity",
                            "MustUnderstandInterceptor",
                            "PartnerGate",
                            "LimitIn",
                            "RepeatIn",
                            "PayloadIn",
                            "DocLiteralInInterceptor",
                            "ServiceInvokerInterceptor",
                            "OutgoingChainInterceptor");
            assertNothingElse(endpoint);
        }
    }

    @Test
    void aLegacyRequestMeetsTheDoorBeforeItsBytesAreRead() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            Endpoint endpoint = gateway.endpoint(Dialect.LEGACY_2005, SoapEnvelope.SOAP_11);
            assertThat(order(in(), endpoint.getBinding().getInInterceptors()))
                    .startsWith("CallIn", "LegacyDoor", "EnvelopeIn")
                    .containsSubsequence("InboundSecurity", "MustUnderstandInterceptor", "PartnerGate", "PayloadIn")
                    .hasSize(12);
            assertNothingElse(endpoint);
        }
    }

    @Test
    void aSandboxRequestPassesTheSameButTheSecurity() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            Endpoint endpoint = gateway.endpoint(Dialect.SANDBOX, SoapEnvelope.SOAP_12);
            assertThat(order(in(), endpoint.getBinding().getInInterceptors()))
                    .containsExactly(
                            "CallIn",
                            "EnvelopeIn",
                            "MustUnderstandInterceptor",
                            "SandboxGate",
                            "LimitIn",
                            "RepeatIn",
                            "PayloadIn",
                            "DocLiteralInInterceptor",
                            "ServiceInvokerInterceptor",
                            "OutgoingChainInterceptor");
            assertNothingElse(endpoint);
        }
    }

    @Test
    void answersAndFaultsPassTheseInThisOrder() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            Endpoint endpoint = gateway.endpoint(Dialect.MODERN, SoapEnvelope.SOAP_11);
            assertThat(order(out(), endpoint.getBinding().getOutInterceptors()))
                    .containsExactly(
                            "SoapPreProtocolOutInterceptor",
                            "MessageSenderInterceptor",
                            "EnvelopeOut",
                            "BareOutInterceptor",
                            "CallOut");
            assertThat(order(out(), endpoint.getBinding().getOutFaultInterceptors()))
                    .containsExactly(
                            "FaultOut",
                            "SoapPreProtocolOutInterceptor",
                            "MessageSenderInterceptor",
                            "Soap11FaultOutInterceptor",
                            "EnvelopeOut",
                            "CallOut");
        }
    }

    private static void assertNothingElse(Endpoint endpoint) {
        assertThat(endpoint.getInInterceptors()).isEmpty();
        assertThat(endpoint.getOutInterceptors()).isEmpty();
        assertThat(endpoint.getOutFaultInterceptors()).isEmpty();
        assertThat(endpoint.getService().getInInterceptors()).isEmpty();
        assertThat(endpoint.getService().getOutInterceptors()).isEmpty();
        assertThat(endpoint.getService().getOutFaultInterceptors()).isEmpty();
    }

    private static List<String> order(
            SortedSet<Phase> phases, Collection<Interceptor<? extends Message>> interceptors) {
        PhaseInterceptorChain chain = new PhaseInterceptorChain(phases);
        chain.add(interceptors);
        return StreamSupport.stream(chain.spliterator(), false)
                .map(interceptor -> interceptor.getClass().getSimpleName())
                .toList();
    }

    private static SortedSet<Phase> in() {
        return phases().getInPhases();
    }

    private static SortedSet<Phase> out() {
        return phases().getOutPhases();
    }

    private static PhaseManager phases() {
        Bus bus = new ExtensionManagerBus();
        return bus.getExtension(PhaseManager.class);
    }
}
