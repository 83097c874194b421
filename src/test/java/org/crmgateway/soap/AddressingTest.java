package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** WS-Addressing headers are taken when they are signed, and followed nowhere. */
final class AddressingTest {
    private static final String ACTION = "urn:crmgateway:order:v1:createOrder";
    private final LoggedReasons reasons = new LoggedReasons();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
    }

    @AfterEach
    void stop() throws Exception {
        reasons.close();
        gateway.close();
    }

    @Test
    void signedHeadersAreTakenAndTheMessageIdIsKnown() throws Exception {
        String to = gateway.address(Dialect.MODERN, SoapEnvelope.SOAP_11).toString();
        Answer answer = send(
                "<wsa:To env:mustUnderstand='1'>" + to
                        + "</wsa:To><wsa:MessageID>urn:uuid:1</wsa:MessageID><wsa:Action>" + ACTION + "</wsa:Action>",
                "Timestamp",
                "Body",
                "wsa:To",
                "wsa:MessageID",
                "wsa:Action");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.orders.calls().get(0).message().messageId()).isEqualTo("urn:uuid:1");
    }

    @Test
    void theAddressBehindTheProxyIsOursToo() throws Exception {
        Answer answer = send(
                "<wsa:To>https://crm.example.com/gateway/services/order/v1/modern</wsa:To>",
                "Timestamp",
                "Body",
                "wsa:To");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void anUnsignedHeaderIsRefused() throws Exception {
        assertRefused(send("<wsa:MessageID>urn:uuid:1</wsa:MessageID>", "Timestamp", "Body"), "sec.cover.wsa");
    }

    @Test
    void aMessageForSomeoneElseIsRefused() throws Exception {
        assertRefused(
                send(
                        "<wsa:To>https://production.example.com/services/order/v1/modern</wsa:To>",
                        "Timestamp",
                        "Body",
                        "wsa:To"),
                "sec.wsa.to");
    }

    @Test
    void aHeaderThatComesTwiceIsRefused() throws Exception {
        assertRefused(
                send(
                        "<wsa:MessageID>urn:uuid:1</wsa:MessageID><wsa:MessageID>urn:uuid:2</wsa:MessageID>",
                        "Timestamp",
                        "Body",
                        "wsa:MessageID"),
                "sec.wsa.twice");
    }

    @Test
    void aHeaderOfTheGatewaysOwnIsRefused() throws Exception {
        assertRefused(
                send("<g:Tenant xmlns:g='urn:crmgateway:header:v1'>other</g:Tenant>", "Timestamp", "Body"),
                "sec.header");
    }

    @Test
    void anAnswerElsewhereIsAFaultHere() throws Exception {
        WireSecurity security = gateway.security(Dialect.MODERN);
        Answer answer = send(
                "<wsa:ReplyTo><wsa:Address>http://127.0.0.1:1/trap</wsa:Address></wsa:ReplyTo>",
                "Timestamp",
                "Body",
                "wsa:ReplyTo");
        Document envelope = answer.envelope();
        security.open(envelope);
        assertThat(SoapEnvelope.text(SoapEnvelope.faultDetail(envelope)))
                .contains("ANONYMOUS_ONLY")
                .doesNotContain("trap");
        assertThat(gateway.orders.calls()).isEmpty();
    }

    private void assertRefused(Answer answer, String reason) {
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(":InvalidSecurity");
        assertThat(reasons.seen()).containsExactly(reason);
        assertThat(gateway.unmarshalled()).isZero();
    }

    private Answer send(String headers, String... signed) throws Exception {
        String envelope = SoapEnvelope.text(SoapEnvelope.SOAP_11.around(Examples.request("createOrder")))
                .replace(
                        "<env:Header/>",
                        "<env:Header xmlns:wsa='http://www.w3.org/2005/08/addressing'>" + headers + "</env:Header>");
        Document message = gateway.security(Dialect.MODERN).signing(signed).protect(SoapEnvelope.parse(envelope));
        return gateway.client().post("order/v1/modern", SoapEnvelope.SOAP_11, ACTION, SoapEnvelope.bytes(message));
    }
}
