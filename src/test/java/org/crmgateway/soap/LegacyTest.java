package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.crmgateway.call.Digest;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.Sandbox;
import org.crmgateway.wire.LegacyMessages;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The algorithms of 2005: for one partner, from its network, until a day; for nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LegacyTest {
    private static final LocalDate LAST =
            LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(40);
    private static final SoapEnvelope VERSION = SoapEnvelope.SOAP_11;

    private final Clock clock = Clock.systemUTC();
    private TestGateway gateway;
    private LegacyMessages messages;
    private LoggedReasons reasons;
    private int unmarshalled;

    @BeforeAll
    void start() throws Exception {
        gateway = new TestGateway(clock, Sandbox.OFF);
        messages = LegacyMessages.usual(gateway.partnerKey, gateway.gatewayKey.certificate());
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void begin() {
        reasons = new LoggedReasons();
        terms(LAST, "127.0.0.0/8");
        unmarshalled = gateway.unmarshalled();
    }

    @AfterEach
    void end() {
        reasons.close();
    }

    private void terms(LocalDate until, String... networks) {
        gateway.apply(erp -> legacy(erp, until, networks));
    }

    private static Partner legacy(Partner erp, LocalDate until, String... networks) {
        return PartnerDraft.like(erp)
                .dialects(Dialect.LEGACY_2005)
                .legacy(until, networks)
                .partner();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        WSConstants.KEYTRANSPORT_RSA15 + "," + WSConstants.AES_128,
        WSConstants.KEYTRANSPORT_RSA15 + "," + WSConstants.AES_256,
        WSConstants.KEYTRANSPORT_RSA15 + "," + WSConstants.TRIPLE_DES,
        WSConstants.KEYTRANSPORT_RSAOAEP + "," + WSConstants.AES_256,
    })
    void aMessageIsReadAndAnsweredInTheSameAlgorithms(String keyTransport, String content) {
        Answer answer = send(messages.encrypting(keyTransport, content).protect(order()));

        assertThat(answer.status()).isEqualTo(200);
        Document opened = answer.envelope();
        WSHandlerResult results = messages.keys().open(opened);
        WSSecurityEngineResult encryption =
                results.getActionResults().get(WSConstants.ENCR).get(0);
        assertThat(encryption.get(WSSecurityEngineResult.TAG_ENCRYPTED_KEY_TRANSPORT_METHOD))
                .isEqualTo(keyTransport);
        assertThat(((WSDataRef) ((java.util.List<?>) encryption.get(WSSecurityEngineResult.TAG_DATA_REF_URIS)).get(0))
                        .getAlgorithm())
                .isEqualTo(content);
        assertThat(results.getActionResults()
                        .get(WSConstants.SIGN)
                        .get(0)
                        .get(WSSecurityEngineResult.TAG_SIGNATURE_METHOD))
                .isEqualTo(WSConstants.RSA_SHA1);
        Element header = SoapEnvelope.child(SoapEnvelope.payload(opened), "responseHeader");
        Element notice = SoapEnvelope.child(header, "notice");
        assertThat(SoapEnvelope.child(notice, "code").getTextContent()).isEqualTo("DIALECT_ENDS");
        assertThat(SoapEnvelope.child(notice, "until").getTextContent())
                .startsWith(LAST.plusDays(1).toString());
    }

    @Test
    void itIsAnsweredUntilItsEndAndRefusedAfterIt() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        // A day to spare: the test may run at midnight.
        terms(today.plusDays(1), "127.0.0.0/8");
        assertThat(send(messages.protect(order())).status()).isEqualTo(200);
        terms(today.minusDays(1), "127.0.0.0/8");
        assertRefused(send(messages.protect(order())), "sec.legacy.closed");

        // Another partner may still: the door is open, and this one does not come through.
        var other = new KeyMaker(Clock.systemUTC()).make("other", Duration.ofDays(30));
        Partner others =
                PartnerDraft.named("other").certificates(other.certificate()).partner();
        gateway.registry.replace(Map.of(legacy(others, LAST, "127.0.0.0/8"), Digest.of(new byte[] {2})));
        assertRefused(send(messages.protect(order())), "sec.legacy.over");
        terms(LAST, "10.0.0.0/8");
        assertRefused(send(messages.protect(order())), "sec.legacy.network");
        gateway.registry.revoke("other");
    }

    @Test
    void anotherNetworkIsRefusedBeforeAnythingIsDecrypted() {
        terms(LAST, "10.20.0.0/16", "2001:db8::/32");

        assertRefused(send(messages.protect(order())), "sec.legacy.closed");
        assertThat(gateway.unmarshalled()).isEqualTo(unmarshalled);
    }

    @Test
    void nobodyElseCanBeDowngraded() throws Exception {
        var modern = new KeyMaker(Clock.systemUTC()).make("modern", Duration.ofDays(30));
        gateway.registry.replace(Map.of(
                PartnerDraft.named("modern").certificates(modern.certificate()).partner(), Digest.of(new byte[] {3})));
        LegacyMessages theirs = LegacyMessages.usual(modern, gateway.gatewayKey.certificate());

        assertRefused(send(theirs.protect(order())), "sec.partner.dialect");
        assertRefused(send(Dialect.MODERN, theirs.protect(order())), "sec.wss.invalid_security");
        assertRefused(send(Dialect.COMPATIBLE, theirs.protect(order())), "sec.wss.invalid_security");
    }

    @Test
    void onlyTheListedAlgorithmsAreRead() {
        Map<String, LegacyMessages> others = new LinkedHashMap<>();
        others.put("SHA-256", messages.signing(WSConstants.RSA_SHA256, WSConstants.SHA256));
        others.put(
                "SHA-512", messages.signing("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", WSConstants.SHA512));
        others.put("GCM", messages.encrypting(WSConstants.KEYTRANSPORT_RSA15, WSConstants.AES_128_GCM));
        others.forEach(
                (name, security) -> assertThat(send(security.protect(order())).body())
                        .as(name)
                        .asString(StandardCharsets.UTF_8)
                        .contains(":InvalidSecurity"));
        assertThat(gateway.unmarshalled()).isEqualTo(unmarshalled);
    }

    @Test
    @DisplayName("A-O01 A-O02 A-O03: whatever is wrong with padding, key or text, the answer is the same bytes")
    void noOracle() {
        byte[] refused = send(order()).body();
        for (int i = 0; i < 8; i++) {
            Map<String, Document> spoiled = new LinkedHashMap<>();
            spoiled.put("padding", LegacyMessages.badPadding(messages.protect(order())));
            spoiled.put("text", LegacyMessages.badText(messages.protect(order())));
            spoiled.put("key", LegacyMessages.badKey(messages.protect(order())));
            spoiled.put("other key", messages.wrongKey(messages.protect(order()), 16));
            spoiled.put("short key", messages.wrongKey(messages.protect(order()), 7));
            spoiled.put("long key", messages.wrongKey(messages.protect(order()), 100));
            spoiled.forEach(
                    (name, message) -> assertThat(send(message).body()).as(name).isEqualTo(refused));
        }
        assertThat(gateway.unmarshalled()).isEqualTo(unmarshalled);
    }

    private static Document order() {
        return VERSION.around(Examples.request("createOrder"));
    }

    private Answer send(Document message) {
        return send(Dialect.LEGACY_2005, message);
    }

    private Answer send(Dialect dialect, Document message) {
        return gateway.client()
                .post(
                        "order/v1/" + dialect.label(),
                        VERSION,
                        "urn:crmgateway:order:v1:createOrder",
                        SoapEnvelope.bytes(message));
    }

    private void assertRefused(Answer answer, String reason) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(":InvalidSecurity");
        assertThat(reasons.seen()).endsWith(reason);
    }
}
