package org.crmgateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.crmgateway.contract.SoapVersion;
import org.crmgateway.contract.common.RecordKey;
import org.crmgateway.contract.customer.GatewayFaultMessage;
import org.crmgateway.contract.customer.GetCustomerRequest;
import org.crmgateway.demo.WireMessage.Stage;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.RunningGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ERP's client speaks every dialect and version, and believes only what the gateway signed. */
final class ErpClientTest {
    @TempDir
    private static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    static Stream<Arguments> dialectsAndVersions() {
        return Stream.of(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX)
                .flatMap(dialect -> Arrays.stream(SoapVersion.values()).map(version -> Arguments.of(dialect, version)));
    }

    @ParameterizedTest
    @MethodSource("dialectsAndVersions")
    void customersAndOrdersGoThrough(Dialect dialect, SoapVersion version) throws Exception {
        StoryRequests requests = new StoryRequests(dialect + "-" + version.portSuffix());
        try (ErpClient erp = ErpClient.open(target(dialect), version)) {
            erp.customers().createCustomer(requests.createCustomer());
            String id = erp.orders()
                    .createOrder(requests.createOrder(1))
                    .getReceipt()
                    .getId();

            assertThat(erp.orders().searchOrders(requests.searchOrders()).getOrder())
                    .singleElement()
                    .satisfies(order -> assertThat(order.getId()).isEqualTo(id));
        }
    }

    @ParameterizedTest
    @MethodSource("dialectsAndVersions")
    void theDeclaredFaultArrivesTyped(Dialect dialect, SoapVersion version) {
        try (ErpClient erp = ErpClient.open(target(dialect), version)) {
            GatewayFaultMessage fault = catchThrowableOfType(
                    GatewayFaultMessage.class, () -> erp.customers().getCustomer(unknown()));

            assertThat(fault.getFaultInfo().getCode()).isEqualTo("CUSTOMER_NOT_FOUND");
        }
    }

    @ParameterizedTest
    @MethodSource("dialectsAndVersions")
    void eachMessageIsSeenInFourStages(Dialect dialect, SoapVersion version) {
        List<WireMessage> seen = new ArrayList<>();
        try (ErpClient erp = ErpClient.open(target(dialect), version, seen::add)) {
            assertThatThrownBy(() -> erp.customers().getCustomer(unknown())).isInstanceOf(GatewayFaultMessage.class);
        }

        assertThat(seen).extracting(WireMessage::stage).containsExactly(Stage.values());
        assertThat(seen.get(0).text()).contains("getCustomer>");
        assertThat(seen.get(1).text().contains("getCustomer>")).isEqualTo(!dialect.secured());
        assertThat(seen.get(3).text()).contains("CUSTOMER_NOT_FOUND");
    }

    @Test
    void aStrangerIsRefusedWithoutAReason() {
        KeyPairAndCertificate stranger = new KeyMaker(Clock.systemUTC()).make("stranger", Duration.ofDays(1));
        DemoTarget target = new DemoTarget(
                gateway.services(),
                Dialect.MODERN,
                stranger,
                gateway.gateway().keys().certificate());
        try (ErpClient erp = ErpClient.open(target, SoapVersion.SOAP_11)) {
            SOAPFaultException refusal = catchThrowableOfType(
                    SOAPFaultException.class, () -> erp.customers().getCustomer(unknown()));

            assertThat(refusal.getFault().getFaultCode()).endsWith("InvalidSecurity");
            assertThat(refusal.getFault().getDetail()).isNull();
        }
    }

    @Test
    void anAnswerInTheClearIsNotBelieved() throws Exception {
        assertNotBelieved(200, envelope("<c:getCustomerResponse xmlns:c='urn:crmgateway:customer:v1'/>"));
    }

    @Test
    void aFaultInTheClearThatClaimsToKnowTheCallIsNotBelieved() throws Exception {
        String detail = "<detail><f:gatewayFault xmlns:f='urn:crmgateway:fault:v1'><f:code>CUSTOMER_NOT_FOUND</f:code>"
                + "</f:gatewayFault></detail>";
        assertNotBelieved(500, fault(detail));
    }

    @Test
    void aBareFaultInTheClearIsToldAsARefusal() throws Exception {
        try (CannedServer server = CannedServer.answering(500, fault(""));
                ErpClient erp = ErpClient.open(target(Dialect.MODERN).at(server.services()), SoapVersion.SOAP_11)) {
            assertThatThrownBy(() -> erp.customers().getCustomer(unknown()))
                    .isInstanceOf(SOAPFaultException.class)
                    .rootCause()
                    .isNotInstanceOf(WSSecurityException.class);
        }
    }

    @Test
    void anAnswerMadeForAnotherDialectIsNotBelieved() throws Exception {
        StoryRequests requests = new StoryRequests("CROSS");
        List<WireMessage> seen = new ArrayList<>();
        try (ErpClient erp = ErpClient.open(target(Dialect.COMPATIBLE), SoapVersion.SOAP_11, seen::add)) {
            erp.customers().createCustomer(requests.createCustomer());
        }
        String answer = seen.get(Stage.RECEIVED.ordinal()).text();

        try (CannedServer server = CannedServer.answering(200, answer);
                ErpClient same = ErpClient.open(target(Dialect.COMPATIBLE).at(server.services()), SoapVersion.SOAP_11);
                ErpClient other = ErpClient.open(target(Dialect.MODERN).at(server.services()), SoapVersion.SOAP_11)) {
            assertThat(same.customers()
                            .createCustomer(requests.createCustomer())
                            .getReceipt()
                            .getOutcome())
                    .isEqualTo("created");
            assertThatThrownBy(() -> other.customers().createCustomer(requests.createCustomer()))
                    .isInstanceOf(WebServiceException.class);
        }
    }

    @Test
    void aSignedFaultIsBelievedAndASpoiledOneIsNot() throws Exception {
        List<WireMessage> seen = new ArrayList<>();
        try (ErpClient erp = ErpClient.open(target(Dialect.MODERN), SoapVersion.SOAP_11, seen::add)) {
            assertThatThrownBy(() -> erp.customers().getCustomer(unknown())).isInstanceOf(GatewayFaultMessage.class);
        }
        String answer = seen.get(Stage.RECEIVED.ordinal()).text();

        try (CannedServer server = CannedServer.answering(500, answer);
                ErpClient erp = ErpClient.open(target(Dialect.MODERN).at(server.services()), SoapVersion.SOAP_11)) {
            assertThatThrownBy(() -> erp.customers().getCustomer(unknown())).isInstanceOf(GatewayFaultMessage.class);
        }
        assertNotBelieved(500, answer.replace("CUSTOMER_NOT_FOUND", "CUSTOMER_DELETED"));
    }

    private static void assertNotBelieved(int status, String answer) throws Exception {
        try (CannedServer server = CannedServer.answering(status, answer);
                ErpClient erp = ErpClient.open(target(Dialect.MODERN).at(server.services()), SoapVersion.SOAP_11)) {
            assertThatThrownBy(() -> erp.customers().getCustomer(unknown()))
                    .isInstanceOf(WebServiceException.class)
                    .hasRootCauseInstanceOf(WSSecurityException.class);
        }
    }

    private static String fault(String detail) {
        return envelope(
                "<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring>" + detail + "</s:Fault>");
    }

    private static String envelope(String body) {
        return "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    private static GetCustomerRequest unknown() {
        RecordKey key = new RecordKey();
        key.setExternalId("NOBODY");
        GetCustomerRequest request = new GetCustomerRequest();
        request.setKey(key);
        return request;
    }

    private static DemoTarget target(Dialect dialect) {
        return gateway.target(dialect);
    }
}
