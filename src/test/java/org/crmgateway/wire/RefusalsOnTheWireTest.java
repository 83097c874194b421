package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

/** What is not fully signed, encrypted, fresh and known gets one answer, whatever is wrong with it. */
final class RefusalsOnTheWireTest {
    @TempDir
    private static Path folder;

    private static RunningGateway gateway;
    private static KeyPairAndCertificate stranger;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(folder);
        stranger = new KeyMaker(java.time.Clock.systemUTC()).make("stranger", Duration.ofDays(30));
        play("createCustomer", SoapEnvelope.SOAP_11);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(SoapEnvelope.class)
    void everySecurityRefusalIsTheSameBytes(SoapEnvelope version) {
        WireSecurity good = gateway.security(Dialect.MODERN);
        byte[] genuine = protectedBy(good, "getCustomer", version);
        assertThat(post("getCustomer", version, genuine).status()).isEqualTo(200);

        Map<String, byte[]> messages = new LinkedHashMap<>();
        messages.put("replayed read", genuine);
        messages.put("no security header", SoapEnvelope.bytes(version.around(Examples.request("getCustomer"))));
        messages.put("unsigned", protectedBy(good.signing(), "getCustomer", version));
        messages.put("body unsigned", protectedBy(good.signing("Timestamp"), "getCustomer", version));
        messages.put("timestamp unsigned", protectedBy(good.signing("Body"), "getCustomer", version));
        messages.put("unencrypted", protectedBy(good.unencrypted(), "getCustomer", version));
        messages.put(
                "encrypted for another key",
                protectedBy(good.encryptedFor(stranger.certificate()), "getCustomer", version));
        messages.put(
                "signed by a stranger",
                protectedBy(good.signedBy(stranger.key(), stranger.certificate()), "getCustomer", version));
        messages.put(
                "signed with another key than the certificate's",
                protectedBy(good.signedBy(stranger.key(), good.certificate()), "getCustomer", version));
        messages.put("expired", protectedBy(good.livingFor(-10), "getCustomer", version));
        messages.put("another dialect", protectedBy(gateway.security(Dialect.COMPATIBLE), "getCustomer", version));
        messages.put("spoiled", spoiled(protectedBy(good, "getCustomer", version)));

        byte[] expected = null;
        for (Map.Entry<String, byte[]> message : messages.entrySet()) {
            WireClient.Answer answer = post("getCustomer", version, message.getValue());
            assertThat(answer.status()).as(message.getKey()).isEqualTo(500);
            expected = expected == null ? answer.body() : expected;
            assertThat(answer.body()).as(message.getKey()).isEqualTo(expected);
        }
        assertThat(new String(expected, StandardCharsets.UTF_8))
                .contains("InvalidSecurity")
                .doesNotContain("callId");
    }

    @Test
    void theSameBytesOfACommittedWriteGetTheFirstAnswerAndThereIsOneOrder() {
        WireSecurity security = gateway.security(Dialect.MODERN);
        byte[] message = protectedBy(security, "createOrder", SoapEnvelope.SOAP_11);

        Document first = open(post("createOrder", SoapEnvelope.SOAP_11, message), security);
        Document again = open(post("createOrder", SoapEnvelope.SOAP_11, message), security);
        Document resigned = open(
                post("createOrder", SoapEnvelope.SOAP_11, protectedBy(security, "createOrder", SoapEnvelope.SOAP_11)),
                security);

        assertThat(SoapEnvelope.text(first)).doesNotContain("replayed>");
        for (Document replayed : new Document[] {again, resigned}) {
            assertThat(SoapEnvelope.text(replayed)).contains("replayed>true</");
            assertThat(receipt(replayed)).isEqualTo(receipt(first));
        }
        assertThat(gateway.count("sales_order")).isEqualTo(1);
        assertThat(gateway.count("change_entry")).isEqualTo(2);
    }

    private static String receipt(Document answer) {
        return SoapEnvelope.text(SoapEnvelope.child(SoapEnvelope.payload(answer), "receipt"));
    }

    private static Document open(WireClient.Answer answer, WireSecurity security) {
        assertThat(answer.status()).isEqualTo(200);
        Document envelope = answer.envelope();
        security.open(envelope);
        return envelope;
    }

    private static void play(String step, SoapEnvelope version) {
        WireSecurity security = gateway.security(Dialect.MODERN);
        assertThat(post(step, version, protectedBy(security, step, version)).status())
                .isEqualTo(200);
    }

    private static byte[] protectedBy(WireSecurity security, String step, SoapEnvelope version) {
        return SoapEnvelope.bytes(security.protect(version.around(Examples.request(step))));
    }

    /** One character of the cipher text changed. */
    private static byte[] spoiled(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        int at = text.lastIndexOf("CipherValue>", text.lastIndexOf("</")) - 40;
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        return (text.substring(0, at) + other + text.substring(at + 1)).getBytes(StandardCharsets.UTF_8);
    }

    private static WireClient.Answer post(String operation, SoapEnvelope version, byte[] message) {
        return gateway.client()
                .post(
                        StoryOnTheWireTest.path(operation, Dialect.MODERN),
                        version,
                        StoryOnTheWireTest.action(operation),
                        message);
    }

    @Test
    void theGatewaysOwnFirstCallsAreNotTakenForAStrangers() {
        long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (selfTests() < 8 && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(selfTests()).isEqualTo(8);
    }

    private static int selfTests() {
        return gateway.gateway()
                .database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT COUNT(*) FROM audit_entry WHERE event = 'refused' AND reason = 'sec.none'"
                                + " AND source = 'self-test' AND call_id LIKE 'SELFTEST%'")
                        .mapTo(Integer.class)
                        .one());
    }
}
