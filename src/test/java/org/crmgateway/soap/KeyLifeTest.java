package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Call;
import org.crmgateway.call.Digest;
import org.crmgateway.call.Notice;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.registry.Registry;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.KeyPurpose;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.RevocationLists;
import org.crmgateway.security.Sandbox;
import org.crmgateway.security.TestAuthority;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keys and certificates come, overlap, are taken back and go, on both sides, as a partner sees it. */
final class KeyLifeTest {
    private static final Set<KeyPurpose> BOTH = EnumSet.allOf(KeyPurpose.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final SettableClock CLOCK = new SettableClock(Instant.now());

    private static TestGateway gateway;
    private static TestAuthority authority;

    /** Certificates count whole seconds. */
    private Instant now;

    private LoggedReasons reasons;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway(CLOCK, Sandbox.OFF);
        authority = new TestAuthority("Partners' authority");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        // Ahead of the messages' timestamps, within the window: so a slow machine has minutes before they seem too new.
        now = Instant.now().plusSeconds(200).truncatedTo(ChronoUnit.SECONDS);
        CLOCK.pass(Duration.between(CLOCK.instant(), now));
        gateway.keys.replace(new OwnKeys(List.of(gateway.gatewayKey)));
        gateway.revocations.replace(RevocationLists.NONE);
        gateway.apply(partner -> partner);
        reasons = new LoggedReasons();
    }

    @AfterEach
    void endLog() {
        gateway.orders.meanwhile(() -> {});
        reasons.close();
    }

    @Test
    @DisplayName("A-K16 a message signed with an expired certificate is refused")
    void expired() {
        refused(signedWith(registered(key(now.minus(DAY), now.minusSeconds(1), BOTH))), "sec.cert.validity");
    }

    @Test
    @DisplayName("A-K17 a message signed with a certificate that has not begun is refused")
    void notYet() {
        refused(signedWith(registered(key(now.plusSeconds(1), now.plus(DAY), BOTH))), "sec.cert.validity");
    }

    @Test
    @DisplayName(
            "A-K18 a certificate counts when its message is judged: before its end it is served to the end, after it refused")
    void endsMeanwhile() {
        WireSecurity security = signedWith(registered(key(now.minus(DAY), now.plusSeconds(30), BOTH)));
        gateway.orders.meanwhile(() -> CLOCK.pass(Duration.ofSeconds(31)));
        assertThat(send(security).status()).isEqualTo(200);
        refused(security, "sec.cert.validity");
    }

    @Test
    @DisplayName("A-K19 a certificate that its authority has revoked is refused, another of the same authority is not")
    void revoked() {
        KeyPairAndCertificate bad = authority.issue("erp", null);
        KeyPairAndCertificate good = authority.issue("erp", null);
        register(bad, good);
        assertThat(send(signedWith(bad)).status()).isEqualTo(200);

        gateway.revocations.replace(lists(authority.list(now.plus(DAY), bad.certificate())));

        refused(signedWith(bad), "sec.cert.revoked");
        assertThat(send(signedWith(good)).status()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "A-K20 a list that nobody renews counts for the grace, then its authority's certificates are refused, others not")
    void stale() {
        KeyPairAndCertificate issued = authority.issue("erp", null);
        register(issued, gateway.partnerKey);
        Duration grace = Duration.ofHours(24);
        gateway.revocations.replace(lists(authority.list(now.minus(grace).plusSeconds(60))));

        assertThat(send(signedWith(issued)).status()).isEqualTo(200);
        assertThat(gateway.revocations.overdue()).hasSize(1);
        CLOCK.pass(Duration.ofSeconds(61));

        refused(signedWith(issued), "sec.cert.crl");
        assertThat(send(signedWith(gateway.partnerKey)).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("A-K21 nobody asks the OCSP responder that a certificate names")
    void noOcsp() throws IOException {
        try (ServerSocket responder = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            KeyPairAndCertificate issued =
                    authority.issue("erp", "http://127.0.0.1:" + responder.getLocalPort() + "/ocsp");
            register(issued);
            gateway.revocations.replace(lists(authority.list(now.plus(DAY), issued.certificate())));
            refused(signedWith(issued), "sec.cert.revoked");
            responder.setSoTimeout(1);
            assertThat(catchThrowable(responder::accept)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @DisplayName("A-K31 a message to the old key is read and noticed until that ends; one to a foreign key never")
    void oldKeys() {
        KeyPairAndCertificate ended = key(now.minus(DAY), now.minusSeconds(1), BOTH);
        KeyPairAndCertificate old = key(now.minus(DAY), now.plusSeconds(30), BOTH);
        KeyPairAndCertificate current = key(now.minusSeconds(60), now.plus(Duration.ofDays(90)), BOTH);
        gateway.keys.replace(new OwnKeys(List.of(ended, old, current)));

        assertThat(codes(encryptedTo(current))).isEmpty();
        assertThat(codes(encryptedTo(old))).containsExactly("GATEWAY_CERTIFICATE_OLD");
        assertThat(gateway.telemetry.scrape())
                .contains("crm_notices_total{code=\"GATEWAY_CERTIFICATE_OLD\",partner=\"erp\"} 1.0");
        CLOCK.pass(Duration.ofSeconds(31));
        refused(encryptedTo(old), "sec.wss.failure");
        refused(encryptedTo(ended), "sec.wss.failure");
        refused(encryptedTo(gateway.gatewayKey), "sec.wss.failure");
    }

    @Test
    void aKeyThatHasNotBegunDecryptsAndSignsFromItsMoment() {
        KeyPairAndCertificate old = key(now.minus(DAY), now.plus(Duration.ofDays(90)), BOTH);
        KeyPairAndCertificate next = key(now.plusSeconds(30), now.plus(Duration.ofDays(90)), BOTH);
        gateway.keys.replace(new OwnKeys(List.of(next, old)));

        assertThat(signer(send(encryptedTo(old)))).isEqualTo(old.certificate());
        assertThat(signer(send(encryptedTo(next)))).isEqualTo(old.certificate());
        assertThat(lastNotices())
                .containsExactly(new Notice(
                        "GATEWAY_CERTIFICATE_CHANGES",
                        "The gateway will sign with another certificate. Accept both before then.",
                        now.plusSeconds(30)));
        CLOCK.pass(Duration.ofSeconds(30));
        assertThat(signer(send(encryptedTo(old)))).isEqualTo(next.certificate());
        assertThat(signer(send(encryptedTo(next)))).isEqualTo(next.certificate());
        assertThat(lastNotices()).isEmpty();
    }

    @Test
    void aKeyForSigningIsNotOneToEncryptTo() {
        KeyPairAndCertificate signs =
                key(now.minus(DAY), now.plus(Duration.ofDays(90)), EnumSet.of(KeyPurpose.SIGNING));
        KeyPairAndCertificate decrypts =
                key(now.minus(DAY), now.plus(Duration.ofDays(90)), EnumSet.of(KeyPurpose.DECRYPTION));
        gateway.keys.replace(new OwnKeys(List.of(signs, decrypts)));

        Answer answer = send(encryptedTo(decrypts));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(signer(answer)).isEqualTo(signs.certificate());
        refused(encryptedTo(signs), "sec.wss.failure");
    }

    @Test
    @DisplayName("A-K32 a partner's old and new certificate count side by side, and each gets answers it can read")
    void overlap() {
        KeyPairAndCertificate fresh = key(now.minus(DAY), now.plus(Duration.ofDays(90)), BOTH);
        register(gateway.partnerKey, fresh);
        for (KeyPairAndCertificate one : List.of(gateway.partnerKey, fresh)) {
            Answer answer = send(signedWith(one));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(signedWith(one).open(answer.envelope()).getResults()).isNotEmpty();
        }
        register(fresh);
        refused(signedWith(gateway.partnerKey), "sec.wss.failed_authentication");
        assertThat(send(signedWith(fresh)).status()).isEqualTo(200);
    }

    @Test
    void fromDaySixtyAnAnswerTellsOfTheEndOfItsCertificate() {
        Instant sixty = now.plus(Duration.ofDays(60));
        assertThat(codes(signedWith(registered(key(now.minus(DAY), sixty.plusSeconds(60), BOTH)))))
                .isEmpty();
        assertThat(codes(signedWith(registered(key(now.minus(DAY), sixty, BOTH)))))
                .containsExactly("CERTIFICATE_EXPIRES");
        assertThat(lastNotices().get(0).until()).isEqualTo(sixty);
    }

    @Test
    @DisplayName(
            "A-Z06 a certificate given to another partner is that partner's from the next message on, on the same connection")
    void anotherPartnersNow() {
        KeyPairAndCertificate wandering = registered(key(now.minus(DAY), now.plus(Duration.ofDays(90)), BOTH));
        var connection = gateway.client();
        assertThat(send(connection, signedWith(wandering)).status()).isEqualTo(200);
        assertThat(lastCall().partner().name()).isEqualTo("erp");

        gateway.apply(partner -> partner);
        Partner erp = gateway.registry.named("erp").orElseThrow();
        gateway.registry.replace(Map.of(
                PartnerDraft.like(erp)
                        .named("another", "elsewhere")
                        .certificates(wandering.certificate())
                        .partner(),
                Digest.of(new byte[] {1})));

        assertThat(send(connection, signedWith(wandering)).status()).isEqualTo(200);
        assertThat(lastCall().partner().name()).isEqualTo("another");
        assertThat(lastCall().tenant()).isEqualTo("elsewhere");
    }

    @Test
    @DisplayName("A-Z07 a partner shut out while it is served gets those answers and no more, on every node")
    void shutOutMeanwhile() throws Exception {
        int inFlight = 20;
        KeyPairAndCertificate key = registered(key(now.minus(DAY), now.plus(Duration.ofDays(90)), BOTH));
        Registry otherNode = new Registry(gateway.database, new AuditTrail(CLOCK), CLOCK);
        assertThat(stateSeenBy(otherNode, key)).isEqualTo(Partner.State.ACTIVE);
        CountDownLatch allServed = new CountDownLatch(inFlight);
        CountDownLatch goOn = new CountDownLatch(1);
        gateway.orders.meanwhile(() -> {
            allServed.countDown();
            await(goOn);
        });
        ExecutorService callers = Executors.newFixedThreadPool(inFlight);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < inFlight; i++) {
                answers.add(callers.submit(() -> send(signedWith(key))));
            }
            await(allServed);
            gateway.registry.suspend("erp");
            goOn.countDown();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
            refused(signedWith(key), "sec.partner.state");
            CLOCK.pass(Duration.ofSeconds(5));
            assertThat(stateSeenBy(otherNode, key)).isEqualTo(Partner.State.SUSPENDED);
        } finally {
            goOn.countDown();
            callers.shutdownNow();
            gateway.registry.resume("erp");
        }
    }

    private static Partner.State stateSeenBy(Registry node, KeyPairAndCertificate key) {
        return node.withCertificate(Fingerprint.of(key.certificate()))
                .orElseThrow()
                .state();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairAndCertificate key(Instant from, Instant until, Set<KeyPurpose> purposes) {
        return new KeyMaker(CLOCK).make("key", from, until, purposes);
    }

    private static KeyPairAndCertificate registered(KeyPairAndCertificate key) {
        register(key);
        return key;
    }

    private static void register(KeyPairAndCertificate... keys) {
        gateway.apply(partner -> partner.with(
                List.of(keys).stream().map(KeyPairAndCertificate::certificate).toList()));
    }

    private static RevocationLists lists(X509CRL list) {
        return new RevocationLists(Map.of(list.getIssuerX500Principal(), list));
    }

    private static WireSecurity signedWith(KeyPairAndCertificate key) {
        return gateway.security(Dialect.MODERN).signedBy(key.key(), key.certificate());
    }

    private static WireSecurity encryptedTo(KeyPairAndCertificate key) {
        return gateway.security(Dialect.MODERN).encryptedFor(key.certificate());
    }

    private static Answer send(WireSecurity security) {
        return send(gateway.client(), security);
    }

    private static Answer send(WireClient client, WireSecurity security) {
        byte[] message =
                SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(Examples.request("createOrder"))));
        return client.post("order/v1/modern", SoapEnvelope.SOAP_11, "urn:crmgateway:order:v1:createOrder", message);
    }

    private void refused(WireSecurity security, String reason) {
        int served = gateway.orders.calls().size();
        Answer answer = send(security);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(":InvalidSecurity");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(gateway.orders.calls()).hasSize(served);
        assertThat(reasons.seen()).last().isEqualTo(reason);
    }

    private static Call lastCall() {
        return gateway.orders.calls().get(gateway.orders.calls().size() - 1);
    }

    private static List<Notice> lastNotices() {
        return lastCall().notices();
    }

    private static List<String> codes(WireSecurity security) {
        assertThat(send(security).status()).isEqualTo(200);
        return lastNotices().stream().map(Notice::code).toList();
    }

    /** The certificate in the answer's security header. */
    private static X509Certificate signer(Answer answer) {
        String token = answer.envelope()
                .getElementsByTagNameNS("*", "BinarySecurityToken")
                .item(0)
                .getTextContent();
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(token)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
