package org.crmgateway.attack;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.crmgateway.bench.BenchGateway;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.LegacyMessages;
import org.crmgateway.wire.PasswordMessage;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.crmgateway.wire.WireSecurity;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Pairs of messages by whose answers someone who has recorded a genuine message, or knows a certificate or an id, could learn more:
 * both are refused with the same answer, for different reasons.
 */
final class Oracle {
    static final String ERP = "erp";
    static final String NEIGHBOUR = "neighbour";
    static final String PASSWORD = "of-each-partner";

    private static final SoapEnvelope SOAP = SoapEnvelope.SOAP_11;
    private static final int BLOCK = 16;
    private static final String CUSTOMER = Payload.operation("m:getCustomer", "<m:key><c:id>%s</c:id></m:key>");
    private static final String KEY_VALUE = "EncryptedKey";
    private static final String BODY_VALUE = "EncryptedData";

    private final BenchGateway gateway;
    private final Dialect dialect;
    private final KeyPairAndCertificate erp;
    private final String recorded;

    /** What differs, as "first or second", and the two messages; those that pass as genuine are made anew for each sending. */
    record Pair(String name, Supplier<Shot> first, Supplier<Shot> second) {}

    Oracle(BenchGateway gateway, Dialect dialect) {
        this.gateway = gateway;
        this.dialect = dialect;
        this.erp = gateway.keys(ERP);
        this.recorded = dialect.signed() ? protect(erp, Payload.order()) : "";
    }

    private String protect(KeyPairAndCertificate sender, String payload) {
        Document envelope = SOAP.around(payload);
        return SoapEnvelope.text(
                dialect == Dialect.LEGACY_2005
                        ? LegacyMessages.usual(sender, gateway.certificate()).protect(envelope)
                        : gateway.security(ERP, dialect)
                                .signedBy(sender.key(), sender.certificate())
                                .protect(envelope));
    }

    List<Pair> pairs() {
        return switch (dialect) {
            case USERNAME_TLS -> List.of(new Pair("user known or not", () -> login(ERP), () -> login("pre")));
            // The tag of GCM fails for every change of the ciphertext.
            case MODERN ->
                List.of(
                        certificate(),
                        pair("key good, content changed, or key bad", with(BODY_VALUE, Oracle::changed), badKey()),
                        customer());
            case COMPATIBLE ->
                Stream.concat(paddings(), Stream.of(certificate(), customer())).toList();
            case LEGACY_2005 ->
                Stream.concat(paddings(), Stream.of(certificate(), keyPaddings()))
                        .toList();
            case SANDBOX -> List.of();
        };
    }

    /** What CBC can be asked. */
    private Stream<Pair> paddings() {
        String text = with(BODY_VALUE, value -> decryptsTo(value, "an ordinary te", 2));
        String badPadding = with(BODY_VALUE, value -> decryptsTo(value, "an ordinary te", 0x77));
        return Stream.of(
                pair("padding good or bad", text, badPadding),
                pair(
                        "padding good, content not XML, or bad",
                        with(BODY_VALUE, value -> decryptsTo(value, "<an <ordinary ", 2)),
                        badPadding),
                pair("key good or bad", text, badKey()),
                pair("key good, padding bad, or key bad", badPadding, badKey()));
    }

    /** What RSA-1.5 can be asked (Bleichenbacher 1998). */
    private Pair keyPaddings() {
        LegacyMessages messages = LegacyMessages.usual(erp, gateway.certificate());
        String wrongLength = SoapEnvelope.text(messages.wrongKey(SoapEnvelope.parse(recorded), 24));
        return pair("key padded well, its length wrong, or padded badly", wrongLength, badKey());
    }

    private Shot login(String user) {
        return shot(
                "order", SoapEnvelope.bytes(PasswordMessage.text(user, "wrong").around(SOAP, Payload.order())));
    }

    /** Anyone can name any certificate; only its owner's signatures fit. */
    private Pair certificate() {
        KeyPairAndCertificate forger = BenchGateway.stranger("forger");
        KeyPairAndCertificate unknown = BenchGateway.stranger(ERP);
        return pair(
                "certificate known or not, signature forged",
                protect(new KeyPairAndCertificate(forger.key(), erp.certificate()), Payload.order()),
                protect(new KeyPairAndCertificate(forger.key(), unknown.certificate()), Payload.order()));
    }

    private Pair customer() {
        String foreign = createdByNeighbour();
        String last = foreign.endsWith("0") ? "1" : "0";
        String nobodys = foreign.substring(0, foreign.length() - 1) + last;
        return new Pair("customer of another tenant or of nobody", () -> asked(foreign), () -> asked(nobodys));
    }

    private Shot asked(String id) {
        return shot("customer", Payload.utf8(protect(erp, CUSTOMER.formatted(id))));
    }

    private String createdByNeighbour() {
        WireSecurity neighbour = gateway.security(NEIGHBOUR, dialect);
        String customer = Payload.createCustomer().replace(Payload.CUSTOMER, dialect.name());
        WireClient.Answer answer = gateway.client()
                .post(
                        "customer/v1/" + dialect.label(),
                        SOAP,
                        "urn:crmgateway:customer:v1:createCustomer",
                        SoapEnvelope.bytes(neighbour.protect(SOAP.around(customer))));
        Document envelope = answer.envelope();
        neighbour.open(envelope);
        Element receipt = SoapEnvelope.child(SoapEnvelope.payload(envelope), "receipt");
        return SoapEnvelope.child(receipt, "id").getTextContent();
    }

    private Pair pair(String name, String first, String second) {
        Shot one = shot("order", Payload.utf8(first));
        Shot other = shot("order", Payload.utf8(second));
        return new Pair(name, () -> one, () -> other);
    }

    private Shot shot(String area, byte[] message) {
        return Edge.post(
                "/services/" + area + "/v1/" + dialect.label(),
                SOAP,
                "Content-Type: " + SOAP.contentType() + "\r\n",
                message);
    }

    private String badKey() {
        return with(KEY_VALUE, value -> {
            byte[] random = new byte[value.length];
            new SecureRandom().nextBytes(random);
            // Smaller than the modulus, so that the private key is used.
            random[0] = 0;
            return random;
        });
    }

    /** The recorded message with other ciphertext in one of its two places. */
    private String with(String element, UnaryOperator<byte[]> change) {
        int from = recorded.indexOf('>', recorded.indexOf("CipherValue", recorded.indexOf(":" + element))) + 1;
        int to = recorded.indexOf('<', from);
        byte[] value = Base64.getMimeDecoder().decode(recorded.substring(from, to));
        return recorded.substring(0, from)
                + Base64.getEncoder().encodeToString(change.apply(value))
                + recorded.substring(to);
    }

    private static byte[] changed(byte[] ciphertext) {
        byte[] other = ciphertext.clone();
        other[BLOCK * 2] ^= 1;
        return other;
    }

    /**
     * CBC lets anyone who knows the first block's plaintext choose what it decrypts to, by the vector before it (XML Encryption
     * 1.1, section 5.2; the padding's length is the last byte).
     */
    private static byte[] decryptsTo(byte[] ciphertext, String content, int padding) {
        byte[] known = "<o:createOrder x".getBytes(StandardCharsets.US_ASCII);
        byte[] wanted = Arrays.copyOf(content.getBytes(StandardCharsets.US_ASCII), BLOCK);
        wanted[BLOCK - 1] = (byte) padding;
        byte[] blocks = Arrays.copyOf(ciphertext, 2 * BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            blocks[i] ^= (byte) (known[i] ^ wanted[i]);
        }
        return blocks;
    }
}
