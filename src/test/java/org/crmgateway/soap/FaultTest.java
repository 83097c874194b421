package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.crmgateway.attack.Attack;
import org.crmgateway.contract.Examples;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a known partner is told: the declared fault, signed, with nothing of its own message in it. */
final class FaultTest {
    private static final String CREATE = "urn:crmgateway:order:v1:createOrder";
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(SoapEnvelope.class)
    void aSchemaErrorNamesPathAndRuleAndNeverTheValue(SoapEnvelope version) throws Exception {
        String request = Examples.request("createOrder")
                .replace("<order:quantity>4</order:quantity>", "<order:quantity>four-canary</order:quantity>")
                .replace("<order:currency>EUR</order:currency>", "<order:currency>EURO-canary</order:currency>")
                .replace("<order:unit>C62</order:unit>", "<order:unit>C62</order:unit><order:canary>1</order:canary>");

        Fault fault = send(version, CREATE, request);

        assertThat(fault.text("category")).isEqualTo("INVALID");
        assertThat(fault.text("code")).isEqualTo("SCHEMA_VIOLATION");
        assertThat(fault.violations())
                .contains(
                        "order/currency pattern",
                        "order/lines/line[2]/quantity pattern",
                        "order/lines/line[1]/[6] unexpected");
        assertThat(fault.whole()).doesNotContain("canary");
        assertThat(gateway.orders.calls()).isEmpty();
    }

    @Test
    void aMissingElementIsNamed() throws Exception {
        Fault fault = send(
                SoapEnvelope.SOAP_11,
                "urn:crmgateway:order:v1:cancelOrder",
                Examples.request("cancelOrder").replaceAll("(?s)<order:reason>.*</order:reason>", ""));
        assertThat(fault.violations()).containsExactly("reason missing");
    }

    @Test
    void aTextThatNeverEndsIsStoppedBeforeItIsAnalysed() throws Exception {
        Fault fault = send(
                SoapEnvelope.SOAP_11,
                CREATE,
                Examples.request("createOrder")
                        .replace(
                                "<order:quantity>4</order:quantity>",
                                "<order:quantity>" + "4".repeat(300_000) + "</order:quantity>"));
        assertThat(fault.violations()).containsExactly("order/lines/line[2]/quantity maxLength");
    }

    @Test
    void aPartnerWithoutTheRightIsDenied() throws Exception {
        gateway.apply(erp -> PartnerDraft.like(erp).rights(Operation.GET_ORDER).partner());
        Fault fault = send(SoapEnvelope.SOAP_11, CREATE, Examples.request("createOrder"));
        assertThat(fault.text("code")).isEqualTo("OPERATION_DENIED");
        assertThat(fault.faultstring()).isEqualTo(Code.OPERATION_DENIED.english());
        assertThat(gateway.unmarshalled()).isZero();
    }

    @Test
    void anActionThatNamesAnotherOperationIsAMismatch() throws Exception {
        Fault fault =
                send(SoapEnvelope.SOAP_12, "urn:crmgateway:order:v1:cancelOrder", Examples.request("createOrder"));
        assertThat(fault.text("code")).isEqualTo("ACTION_MISMATCH");
        assertThat(gateway.orders.calls()).isEmpty();
    }

    @Test
    void aFailureOfTheRoomComesWithItsDetail() throws Exception {
        gateway.orders.failWith(Failure.about(Code.VERSION_STALE, "O42", 7));
        Fault fault = send(SoapEnvelope.SOAP_11, CREATE, Examples.request("createOrder"));
        assertThat(fault.text("code")).isEqualTo("VERSION_STALE");
        assertThat(fault.text("recordId")).isEqualTo("O42");
        assertThat(fault.text("currentVersion")).isEqualTo("7");
        assertThat(fault.text("retryable")).isEqualTo("false");
        assertThat(fault.faultcode()).endsWith(":Client");
        assertThat(fault.whole()).contains("<fault:gatewayFault");
    }

    @Test
    void aBusyGatewaySaysWhenToTryAgain() throws Exception {
        gateway.orders.failWith(Failure.busy(Code.OVERLOADED, Duration.ofMillis(1500), null));
        Fault fault = send(SoapEnvelope.SOAP_11, CREATE, Examples.request("createOrder"));
        assertThat(fault.text("category")).isEqualTo("BUSY");
        assertThat(fault.text("retryable")).isEqualTo("true");
        assertThat(fault.text("retryAfterSeconds")).isEqualTo("2");
        assertThat(fault.faultcode()).endsWith(":Server");
    }

    @Test
    @Attack("A-L01")
    void aBugSaysNothingOfItself() throws Exception {
        gateway.orders.failWith(new IllegalStateException("jdbc:postgresql://canary"));
        Fault fault = send(SoapEnvelope.SOAP_12, CREATE, Examples.request("createOrder"));
        assertThat(fault.text("code")).isEqualTo("INTERNAL_ERROR");
        assertThat(fault.whole()).doesNotContain("canary").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                StackOverflowError.class,
                NoClassDefFoundError.class,
                OutOfMemoryError.class,
                SQLException.class,
                SQLIntegrityConstraintViolationException.class
            })
    @Attack("A-L02")
    void whateverAServiceThrowsIsOneFault(Class<? extends Throwable> kind) throws Exception {
        gateway.orders.failWith(kind.getDeclaredConstructor().newInstance());
        Fault fault = send(SoapEnvelope.SOAP_11, CREATE, Examples.request("createOrder"));
        assertThat(fault.text("code")).isEqualTo("INTERNAL_ERROR");
        assertThat(fault.whole()).doesNotContain(kind.getSimpleName());
    }

    @Test
    @Attack("A-L02")
    void anAnswerThatXmlCannotCarryBecomesAFault() throws Exception {
        gateway.orders.answerWith("\u0001");
        Fault fault = send(SoapEnvelope.SOAP_11, CREATE, Examples.request("createOrder"));
        assertThat(fault.text("code")).isEqualTo("INTERNAL_ERROR");
    }

    @Test
    void aChineseTextComesBesideTheEnglishOne() throws Exception {
        gateway.orders.failWith(Failure.of(Code.CUSTOMER_CLOSED));
        Fault fault = send(
                SoapEnvelope.SOAP_11,
                CREATE,
                Examples.request("createOrder")
                        .replace(
                                "</header:correlationId>",
                                "</header:correlationId><header:language>zh</header:language>"));
        assertThat(fault.whole()).contains(Code.CUSTOMER_CLOSED.english(), Code.CUSTOMER_CLOSED.chinese());
    }

    @Test
    void aFaultIsSignedAndReadableForThePartnersProxy() throws Exception {
        gateway.orders.failWith(Failure.of(Code.CUSTOMER_CLOSED));
        Fault fault = send(SoapEnvelope.SOAP_11, CREATE, Examples.request("createOrder"));
        assertThat(fault.protection()).containsExactlyInAnyOrder(WSConstants.SIGN, WSConstants.TS, WSConstants.BST);
    }

    @Test
    void aFaultIsEncryptedForAPartnerThatAsksForIt() throws Exception {
        gateway.apply(erp -> PartnerDraft.like(erp).encryptFaults().partner());
        gateway.orders.failWith(Failure.of(Code.CUSTOMER_CLOSED));
        Fault fault = send(SoapEnvelope.SOAP_11, CREATE, Examples.request("createOrder"));
        assertThat(fault.protection())
                .containsExactlyInAnyOrder(WSConstants.SIGN, WSConstants.TS, WSConstants.BST, WSConstants.ENCR);
        assertThat(fault.text("code")).isEqualTo("CUSTOMER_CLOSED");
    }

    private Fault send(SoapEnvelope version, String action, String request) throws Exception {
        WireSecurity security = gateway.security(Dialect.MODERN);
        byte[] message = SoapEnvelope.bytes(security.protect(version.around(request)));
        Answer answer = gateway.client().post("order/v1/modern", version, action, message);
        assertThat(answer.status()).isEqualTo(500);
        Document envelope = answer.envelope();
        WSHandlerResult protection = security.open(envelope);
        assertThat(protection).isNotNull();
        Fault fault = new Fault(envelope, protection);
        SchemaFactory.newDefaultInstance()
                .newSchema(FaultTest.class.getResource("/contract/xsd/fault-v1.xsd"))
                .newValidator()
                .validate(new DOMSource(SoapEnvelope.faultDetail(envelope)));
        assertThat(fault.text("callId"))
                .isEqualTo(answer.headers().firstValue("X-Call-Id").orElseThrow());
        return fault;
    }

    /** A fault as the partner sees it after verification. */
    private record Fault(Document envelope, WSHandlerResult result) {
        String text(String name) {
            return SoapEnvelope.child(SoapEnvelope.faultDetail(envelope), name).getTextContent();
        }

        String faultstring() {
            return SoapEnvelope.child(SoapEnvelope.payload(envelope), "faultstring")
                    .getTextContent();
        }

        String faultcode() {
            return SoapEnvelope.child(SoapEnvelope.payload(envelope), "faultcode")
                    .getTextContent();
        }

        String whole() {
            return SoapEnvelope.text(SoapEnvelope.payload(envelope));
        }

        List<String> violations() {
            NodeList found = SoapEnvelope.faultDetail(envelope).getElementsByTagNameNS("*", "violation");
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> (Element) found.item(i))
                    .map(violation -> SoapEnvelope.child(violation, "path").getTextContent() + " "
                            + SoapEnvelope.child(violation, "rule").getTextContent())
                    .collect(Collectors.toList());
        }

        Set<Integer> protection() {
            return result.getActionResults().keySet();
        }
    }
}
