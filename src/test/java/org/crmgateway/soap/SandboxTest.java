package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.security.Sandbox;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect without security: for callers on this machine, as the partner the operator named, and nobody else. */
final class SandboxTest {
    @ParameterizedTest
    @EnumSource(SoapEnvelope.class)
    void anOrderInClearIsAnsweredInClear(SoapEnvelope version) throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            Answer answer = order(gateway, version);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(text(answer)).contains("<order:createOrderResponse", "<header:code>SANDBOX</header:code>");
            assertThat(text(answer)).doesNotContain("Security");
            assertThat(gateway.orders.calls()).singleElement().satisfies(call -> {
                assertThat(call.dialect()).isEqualTo(Dialect.SANDBOX);
                assertThat(call.request().idempotencyKey()).isEqualTo("ORDERS05-0000000000718252");
                assertThat(call.request().correlationId()).isEqualTo("NIGHTLY-2026-03-02-0007");
            });
        }
    }

    @Test
    void aPartnerOfSecuredDialectsIsNotServedThere() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            gateway.apply(erp -> with(erp, Set.of(Dialect.MODERN)));
            assertThat(text(order(gateway, SoapEnvelope.SOAP_11))).contains(":InvalidSecurity");
            assertThat(gateway.unmarshalled()).isZero();
        }
    }

    @Test
    void aSecuredMessageIsNotServedThere() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            String secured = SoapEnvelope.text(gateway.security(Dialect.MODERN)
                    .protect(SoapEnvelope.SOAP_11.around(Examples.request("createOrder"))));
            assertThat(text(post(gateway, SoapEnvelope.SOAP_11, secured))).contains(":InvalidSecurity");
            gateway.refusals.write();
            String reason = gateway.database.inTransaction(tx -> tx.handle()
                    .createQuery("SELECT reason FROM audit_entry WHERE event = 'refused'")
                    .mapTo(String.class)
                    .one());
            assertThat(reason).isEqualTo("sandbox.secured");
        }
    }

    @Test
    void aSuspendedPartnerIsNotServedThere() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            gateway.registry.suspend("erp");
            assertThat(text(order(gateway, SoapEnvelope.SOAP_11))).contains(":InvalidSecurity");
        }
    }

    @Test
    void switchedOffItServesNobody() throws Exception {
        try (TestGateway gateway = new TestGateway(Clock.systemUTC(), Sandbox.OFF)) {
            assertThat(text(order(gateway, SoapEnvelope.SOAP_11))).contains(":InvalidSecurity");
            assertThat(gateway.orders.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Via: 1.1 proxy",
                "Origin: http://evil.example",
                "CF-Connecting-IP: 192.0.2.60",
                "Forwarded: for=192.0.2.60",
                "X-Forwarded-For: 192.0.2.60",
                "x-forwarded-proto: https",
                "X-Real-IP: 192.0.2.60",
                "Host: crm.example.com",
                "Host: 127.0.0.1.example.com"
            })
    void whoComesThroughAProxyOrByAnotherNameIsNotOfThisMachine(String header) throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            assertThat(raw(gateway, header)).contains(":InvalidSecurity");
            assertThat(gateway.unmarshalled()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost:8080", "Host: 127.0.0.1", "Host: [::1]:8080"})
    void whoCallsThisMachineByANameOfItsOwnIsServed(String host) throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            assertThat(raw(gateway, host)).contains("createOrderResponse");
        }
    }

    /** Over a socket: the client of the JDK sets these headers itself. */
    private static String raw(TestGateway gateway, String header) throws IOException {
        byte[] body = SoapEnvelope.text(SoapEnvelope.SOAP_11.around(Examples.request("createOrder")))
                .getBytes(StandardCharsets.UTF_8);
        String host = header.startsWith("Host:") ? "" : "Host: localhost\r\n";
        String head = "POST /services/order/v1/sandbox HTTP/1.1\r\n" + host + header + "\r\nConnection: close\r\n"
                + "Content-Type: text/xml; charset=utf-8\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", gateway.listener().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aHeaderThatMustBeUnderstoodAndIsNotStopsTheCall() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            String clear = SoapEnvelope.text(SoapEnvelope.SOAP_11.around(Examples.request("createOrder")));
            String asking = clear.replace(
                    "<env:Header/>", "<env:Header><x:canary xmlns:x='urn:x' env:mustUnderstand='1'/></env:Header>");
            Answer answer = post(gateway, SoapEnvelope.SOAP_11, asking);
            assertThat(text(answer)).contains(":MustUnderstand</faultcode>").doesNotContain("canary");
            assertThat(gateway.orders.calls()).isEmpty();
        }
    }

    @Test
    void anEnvelopeOfTheOtherVersionIsAMismatch() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            String other = SoapEnvelope.text(SoapEnvelope.SOAP_12.around(Examples.request("createOrder")));
            assertThat(text(post(gateway, SoapEnvelope.SOAP_11, other))).contains(":VersionMismatch</faultcode>");
        }
    }

    @Test
    void whatIsNoEnvelopeIsMalformed() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            Answer hello = post(gateway, SoapEnvelope.SOAP_11, "hello");
            Answer unknown = post(
                    gateway,
                    SoapEnvelope.SOAP_11,
                    SoapEnvelope.text(SoapEnvelope.SOAP_11.around("<canary xmlns='urn:crmgateway:order:v1'/>")));
            assertThat(text(hello)).contains(":Client</faultcode>").isEqualTo(text(unknown));
            assertThat(hello.status()).isEqualTo(500);
        }
    }

    @Test
    void utf16IsReadAndAnsweredInUtf8() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            String request = SoapEnvelope.text(SoapEnvelope.SOAP_11.around(
                    Examples.request("createOrder").replace("Gear housing", "Getriebegeh\u00e4use \u9f7f\u8f6e")));
            HttpRequest post = HttpRequest.newBuilder(gateway.address(Dialect.SANDBOX, SoapEnvelope.SOAP_11))
                    .header("Content-Type", "text/xml; charset=utf-16")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            ("\uFEFF" + request).getBytes(StandardCharsets.UTF_16BE)))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("createOrderResponse");
        }
    }

    private static Answer order(TestGateway gateway, SoapEnvelope version) {
        return post(gateway, version, SoapEnvelope.text(version.around(Examples.request("createOrder"))));
    }

    private static Answer post(TestGateway gateway, SoapEnvelope version, String message) {
        return gateway.client()
                .post(
                        "order/v1/sandbox",
                        version,
                        "urn:crmgateway:order:v1:createOrder",
                        message.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Partner with(Partner erp, Set<Dialect> dialects) {
        return PartnerDraft.like(erp).dialects(dialects.toArray(Dialect[]::new)).partner();
    }
}
