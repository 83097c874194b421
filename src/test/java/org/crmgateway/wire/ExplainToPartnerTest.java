package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.wss4j.common.WSS4JConstants;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Digest;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.explain.Explanation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a partner may know of its own refused messages; of a body that is not as signed, one text. */
final class ExplainToPartnerTest {
    private static final String ONE_TEXT = "The Body as encrypted is not what was signed.";

    @TempDir
    private static Path folder;

    private static RunningGateway gateway;
    private static WireSecurity own;
    private static KeyPairAndCertificate stranger;
    private static Partner asking;
    private static Partner other;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(folder);
        KeyMaker maker = new KeyMaker(Clock.systemUTC());
        KeyPairAndCertificate key = maker.make("asking", Duration.ofDays(30));
        stranger = maker.make("stranger", Duration.ofDays(30));
        own = gateway.security(Dialect.MODERN).signedBy(key.key(), key.certificate());
        asking = register("asking", key, true);
        other = register("other", maker.make("other", Duration.ofDays(30)), true);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void itIsToldWhatItDidWrongInTheHeader() {
        assertThat(first(message().clock(Duration.ofHours(-3)))).contains("timestamp is 10");
        assertThat(first(message().signing("Timestamp"))).startsWith("The Body was not signed.");
        assertThat(first(message().signature(signature -> signature.setSignatureAlgorithm(WSS4JConstants.RSA_SHA1))))
                .contains("rsa-sha1 is not accepted by modern");
        assertThat(first(message().onTheWay(text -> text.replace("<wsu:Expires>", " <wsu:Expires>"))))
                .startsWith("The Timestamp was re-indented");
    }

    @Test
    void whateverIsWrongWithBodyOrEncryptionHasOneText() {
        List<SteppedMessage> messages = List.of(
                new SteppedMessage(own.encryptedFor(stranger.certificate()), envelope()),
                message().onTheWay(ExplainToPartnerTest::spoiledContent),
                message().onTheWay(ExplainToPartnerTest::spoiledKey),
                message().afterSigning(text -> text.replace("<customer:", "\n<customer:")),
                message().afterSigning(text -> text.replace("<env:Body", "<env:Body a=\"b\"")),
                message().encryption(encryption -> encryption.setSymmetricEncAlgorithm(WSS4JConstants.AES_256)),
                message().encryption(encryption -> encryption.setKeyEncAlgo(WSS4JConstants.KEYTRANSPORT_RSA15)),
                message().encryptedFirst());
        for (SteppedMessage message : messages) {
            Explanation explanation = told(asking, message).orElseThrow();
            String text = String.join("\n", explanation.text());
            assertThat(text).startsWith(ONE_TEXT).doesNotContain("also", "evidence", "sec.", "encrypted to");
            assertThat(explanation.canonical()).isEmpty();
            assertThat(shape(explanation))
                    .isEqualTo(shape(told(asking, messages.get(0)).orElseThrow()));
        }
    }

    @Test
    void aRepeatedMessageIsItsOwn() {
        byte[] read = new SteppedMessage(own, envelope()).bytes();
        send(read);

        assertThat(told(asking, read).orElseThrow().text().get(0)).startsWith("The same message was sent twice.");
    }

    @Test
    void ofMessagesThatItsKeyDidNotSignItLearnsNothingButThat() {
        WireSecurity borrowed = own.signedBy(stranger.key(), own.certificate());

        Explanation explanation =
                told(asking, new SteppedMessage(borrowed, envelope())).orElseThrow();

        assertThat(explanation.findings()).hasSize(1);
        assertThat(explanation.text().get(0)).startsWith("The message was signed with a key that does not fit");
        assertThat(String.join(" ", explanation.text())).doesNotContain("timestamp", "signed by");
    }

    @Test
    void nobodyIsToldOfOthersMessagesOrWithoutThePermission() {
        byte[] message = message().signing("Timestamp").bytes();
        String id = send(message);

        assertThat(gateway.gateway().explainer().forPartner(asking, id)).isPresent();
        assertThat(gateway.gateway().explainer().forPartner(other, id)).isEmpty();
        Partner silent = PartnerDraft.like(asking).explain(false).partner();
        assertThat(gateway.gateway().explainer().forPartner(silent, id)).isEmpty();
        assertThat(gateway.gateway().explainer().forPartner(asking, "0123456789ABCDEF"))
                .isEmpty();
    }

    private static SteppedMessage message() {
        return new SteppedMessage(own, envelope());
    }

    /** Its lines without what differs by message: digests, times, numbers. */
    private static List<String> shape(Explanation explanation) {
        return explanation.text().stream()
                .map(line -> line.replaceAll("[0-9]+", "0").replaceAll("0 s (before|after)", "0 s"))
                .filter(line -> !line.contains("timestamp") && !line.contains("refused"))
                .toList();
    }

    private static String first(SteppedMessage message) {
        return told(asking, message).orElseThrow().text().get(0);
    }

    private static Optional<Explanation> told(Partner partner, SteppedMessage message) {
        return told(partner, message.bytes());
    }

    private static Optional<Explanation> told(Partner partner, byte[] message) {
        return gateway.gateway().explainer().forPartner(partner, send(message));
    }

    private static String send(byte[] message) {
        return gateway.client()
                .post("customer/v1/modern", SoapEnvelope.SOAP_11, "urn:crmgateway:customer:v1:getCustomer", message)
                .headers()
                .firstValue(CallId.HEADER)
                .orElseThrow();
    }

    private static String envelope() {
        return SoapEnvelope.text(SoapEnvelope.SOAP_11.around(Examples.request("getCustomer")));
    }

    private static String spoiledContent(String text) {
        return spoiled(text, text.lastIndexOf("CipherValue>", text.lastIndexOf("</")) - 40);
    }

    private static String spoiledKey(String text) {
        return spoiled(text, text.indexOf("CipherValue>") + 60);
    }

    private static String spoiled(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static Partner register(String name, KeyPairAndCertificate key, boolean explain) {
        Partner partner = PartnerDraft.named(name)
                .tenant(name)
                .certificates(key.certificate())
                .explain(explain)
                .partner();
        gateway.gateway().registry().replace(Map.of(partner, Digest.of(name.getBytes(StandardCharsets.UTF_8))));
        return partner;
    }
}
