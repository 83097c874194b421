package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.crmgateway.attack.Attack;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.Sandbox;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

/** Whatever is wrong with a message's security, the answer is the same, and nothing has looked into its body. */
final class RefusalTest {
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

    @ParameterizedTest
    @EnumSource(SoapEnvelope.class)
    void everyRefusalHasTheSameBytes(SoapEnvelope version) throws Exception {
        WireSecurity right = gateway.security(Dialect.MODERN);
        KeyPairAndCertificate stranger = new KeyMaker(Clock.systemUTC()).make("erp", Duration.ofDays(1));
        List<Answer> answers = new ArrayList<>();
        answers.add(send(version, version.around(Examples.request("createOrder"))));
        answers.add(send(version, protect(version, right.signing("Timestamp"))));
        answers.add(send(version, protect(version, right.signing("Body"))));
        answers.add(send(version, protect(version, right.signing())));
        answers.add(send(version, protect(version, right.unencrypted())));
        answers.add(send(version, protect(version, right.encryptedFor(stranger.certificate()))));
        answers.add(send(version, protect(version, right.signedBy(stranger.key(), stranger.certificate()))));
        answers.add(send(version, protect(version, right.livingFor(-10))));
        answers.add(send(version, protect(version, gateway.security(Dialect.COMPATIBLE))));
        answers.add(send(version, tampered(protect(version, right))));
        gateway.apply(partner -> partner.in(Partner.State.SUSPENDED));
        gateway.registry.suspend("erp");
        answers.add(send(version, protect(version, right)));

        for (Answer answer : answers) {
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .isEqualTo(new String(answers.get(0).body(), StandardCharsets.UTF_8));
            assertThat(visible(answer)).isEqualTo(visible(answers.get(0)));
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.headers().firstValue("X-Call-Id")).isPresent();
        }
        assertThat(new String(answers.get(0).body(), StandardCharsets.UTF_8)).contains(":InvalidSecurity");
        assertThat(gateway.unmarshalled()).isZero();
        assertThat(gateway.orders.calls()).isEmpty();
        assertThat(reasons.seen())
                .containsExactly(
                        "sec.none",
                        "sec.cover.body",
                        "sec.cover.ts",
                        "sec.nosig",
                        "sec.noenc",
                        "sec.wss.failure",
                        "sec.wss.failed_authentication",
                        "sec.time.past",
                        "sec.wss.invalid_security",
                        "sec.wss.failed_check",
                        "sec.partner.state");
    }

    @Test
    @Attack("A-L17")
    void whatIsRefusedIsInTheTrailByTheIdOfItsAnswer() throws Exception {
        SoapEnvelope version = SoapEnvelope.SOAP_11;
        Answer stranger = send(version, version.around(Examples.request("createOrder")));
        Answer partner = send("urn:another", SoapEnvelope.bytes(protect(version, gateway.security(Dialect.MODERN))));
        gateway.refusals.write();

        List<String> entries = gateway.database.inTransaction(tx -> tx.handle()
                .createQuery("SELECT call_id || ' ' || partner || ' ' || operation || ' ' || event || ' ' || reason"
                        + " FROM audit_entry WHERE reason <> '' ORDER BY written")
                .mapTo(String.class)
                .list());
        assertThat(entries)
                .containsExactly(
                        id(stranger) + " - - refused sec.none",
                        id(partner) + " erp createOrder refused ACTION_MISMATCH");
    }

    private static String id(Answer answer) {
        return answer.headers().firstValue("X-Call-Id").orElseThrow();
    }

    @Test
    void aBodyInClearIsRefusedBeforeItsSecurityHeaderIsRead() throws Exception {
        SoapEnvelope version = SoapEnvelope.SOAP_11;
        Answer without = send(version, version.around(Examples.request("createOrder")));
        Document spoiled = protect(version, gateway.security(Dialect.MODERN).unencrypted());
        spoiled.getElementsByTagNameNS("*", "Created").item(0).setTextContent("long ago");

        assertThat(send(version, spoiled).body()).isEqualTo(without.body());
        assertThat(reasons.seen()).containsExactly("sec.none", "sec.noenc");
    }

    @Test
    void aReplayedReadIsRefusedLikeAllElse() throws Exception {
        SoapEnvelope version = SoapEnvelope.SOAP_11;
        Document read = gateway.security(Dialect.MODERN).protect(version.around(Examples.request("getOrder")));
        byte[] bytes = SoapEnvelope.bytes(read);
        assertThat(send("urn:crmgateway:order:v1:getOrder", bytes).status()).isEqualTo(200);
        int unmarshalled = gateway.unmarshalled();

        Answer again = send("urn:crmgateway:order:v1:getOrder", bytes);

        Answer refused = send(version, version.around(Examples.request("createOrder")));
        assertThat(again.body()).isEqualTo(refused.body());
        assertThat(visible(again)).isEqualTo(visible(refused));
        assertThat(gateway.unmarshalled()).isEqualTo(unmarshalled);
        assertThat(gateway.orders.calls()).hasSize(1);
    }

    @Test
    void aReplayedReadIsAnsweredWhereThePartnerMayRepeatButNotAfterTwoSeconds() throws Exception {
        gateway.close();
        SettableClock clock = new SettableClock(Instant.now());
        gateway = new TestGateway(clock, Sandbox.OFF);
        gateway.apply(erp -> PartnerDraft.like(erp).repeatReads().partner());
        byte[] bytes = SoapEnvelope.bytes(
                gateway.security(Dialect.MODERN).protect(SoapEnvelope.SOAP_11.around(Examples.request("getOrder"))));
        send("urn:crmgateway:order:v1:getOrder", bytes);
        clock.pass(Duration.ofMillis(1_500));
        assertThat(send("urn:crmgateway:order:v1:getOrder", bytes).status()).isEqualTo(200);
        clock.pass(Duration.ofMillis(1_500));
        assertThat(send("urn:crmgateway:order:v1:getOrder", bytes).status()).isEqualTo(500);
        assertThat(reasons.seen()).containsExactly("sec.replay");
    }

    @Test
    void aReplayedWriteWithoutAStoredAnswerIsRefused() throws Exception {
        byte[] bytes = SoapEnvelope.bytes(protect(SoapEnvelope.SOAP_11, gateway.security(Dialect.MODERN)));
        assertThat(send(ACTION, bytes).status()).isEqualTo(200);
        assertThat(new String(send(ACTION, bytes).body(), StandardCharsets.UTF_8))
                .contains(":InvalidSecurity");
        assertThat(gateway.orders.calls()).hasSize(1);
    }

    private Document protect(SoapEnvelope version, WireSecurity security) {
        return security.protect(version.around(Examples.request("createOrder")));
    }

    private static Document tampered(Document message) {
        var values = message.getElementsByTagNameNS("*", "SignatureValue");
        String value = values.item(0).getTextContent();
        values.item(0).setTextContent((value.charAt(0) == 'A' ? "B" : "A") + value.substring(1));
        return message;
    }

    private Answer send(SoapEnvelope version, Document message) {
        return gateway.client().post("order/v1/modern", version, ACTION, SoapEnvelope.bytes(message));
    }

    private Answer send(String action, byte[] message) {
        return gateway.client().post("order/v1/modern", SoapEnvelope.SOAP_11, action, message);
    }

    private static TreeMap<String, List<String>> visible(Answer answer) {
        TreeMap<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("x-call-id");
        return headers;
    }
}
