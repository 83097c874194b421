package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What was signed is put elsewhere in the message, and something else where it was: the known attacks in their plain form. */
final class WrappingTest {
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("the signed body in a header, another body in its place", message -> move(message, "Header")),
                attack("the signed body in the security header", message -> move(message, "Security")),
                attack("the signed body in the signature's object", message -> move(message, "Signature")),
                attack("the signed body in a header, another with its id in its place", message -> {
                    String id = body(message).getAttributeNS(WSU, "Id");
                    move(message, "Header");
                    body(message).setAttributeNS(WSU, "wsu:Id", id);
                }),
                attack("another body before the signed one", message -> {
                    Element body = body(message);
                    body.getParentNode().insertBefore(otherBody(message), body);
                }),
                attack(
                        "another body behind the signed one",
                        message -> body(message).getParentNode().appendChild(otherBody(message))),
                attack(
                        "clear content beside the encrypted content",
                        message -> body(message).appendChild(payload(message))),
                attack("clear content instead of the encrypted content", message -> {
                    body(message).removeChild(body(message).getFirstChild());
                    body(message).appendChild(payload(message));
                }),
                attack("a fresh timestamp in place of the signed one", message -> {
                    Element timestamp = element(message, "Timestamp");
                    Element fresh = (Element) timestamp.cloneNode(true);
                    fresh.removeAttributeNS(WSU, "Id");
                    timestamp.getParentNode().replaceChild(fresh, timestamp);
                    element(message, "Header")
                            .appendChild(message.createElementNS("urn:x", "x:w"))
                            .appendChild(timestamp);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void aWrappedMessageIsRefusedUnread(String name, Consumer<Document> attack) throws Exception {
        int before = gateway.unmarshalled();
        int calls = gateway.orders.calls().size();
        Document message =
                gateway.security(Dialect.MODERN).protect(SoapEnvelope.SOAP_11.around(Examples.request("createOrder")));
        attack.accept(message);
        Answer answer = gateway.client()
                .post(
                        "order/v1/modern",
                        SoapEnvelope.SOAP_11,
                        "urn:crmgateway:order:v1:createOrder",
                        SoapEnvelope.bytes(message));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("gatewayFault");
        assertThat(gateway.unmarshalled()).isEqualTo(before);
        assertThat(gateway.orders.calls()).hasSize(calls);
    }

    private static Arguments attack(String name, Consumer<Document> attack) {
        return Arguments.of(name, attack);
    }

    private static void move(Document message, String into) {
        Element body = body(message);
        Element other = otherBody(message);
        body.getParentNode().replaceChild(other, body);
        element(message, into)
                .appendChild(message.createElementNS("urn:wrapper", "w:Wrapper"))
                .appendChild(body);
    }

    private static Element otherBody(Document message) {
        Element other = message.createElementNS(message.getDocumentElement().getNamespaceURI(), "env:Body");
        other.appendChild(payload(message));
        return other;
    }

    private static Element payload(Document message) {
        Element other = SoapEnvelope.parse(Examples.request("createOrder").replace("100-4711-B", "EVIL"))
                .getDocumentElement();
        return (Element) message.importNode(other, true);
    }

    private static Element body(Document message) {
        return SoapEnvelope.child(message.getDocumentElement(), "Body");
    }

    private static Element element(Document message, String name) {
        return (Element) message.getElementsByTagNameNS("*", name).item(0);
    }
}
