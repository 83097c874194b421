package org.crmgateway.attack;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.crmgateway.bench.BenchGateway;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;
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

    private static final SoapEnvelope SOAP = SoapEnvelope.SOAP_11;
    private static final int BLOCK = 16;
    private static final String CUSTOMER = Payload.operation("m:getCustomer", "<m:key><c:id>%s</c:id></m:key>");
    private static final String KEY_VALUE = "EncryptedKey";
    private static final String BODY_VALUE = "EncryptedData";

    private final BenchGateway gateway;
    private final Dialect dialect;
    private final WireSecurity erp;
    private final String recorded;

    /** What differs, as "first or second", and the two messages; those that pass as genuine are made anew for each sending. */
    record Pair(String name, Supplier<Shot> first, Supplier<Shot> second) {}

    Oracle(BenchGateway gateway, Dialect dialect) {
        this.gateway = gateway;
        this.dialect = dialect;
        this.erp = gateway.security(ERP, dialect);
        this.recorded = SoapEnvelope.text(erp.protect(SOAP.around(Payload.order())));
    }

    List<Pair> pairs() {
        Pair certificate = certificate();
        Pair customer = customer();
        if (dialect == Dialect.MODERN) {
            // The tag of GCM fails for every change of the ciphertext.
            return List.of(
                    certificate,
                    pair("key good, content changed, or key bad", with(BODY_VALUE, Oracle::changed), badKey()),
                    customer);
        }
        String text = with(BODY_VALUE, value -> decryptsTo(value, "an ordinary te", 2));
        String badPadding = with(BODY_VALUE, value -> decryptsTo(value, "an ordinary te", 0x77));
        return List.of(
                certificate,
                pair("padding good or bad", text, badPadding),
                pair(
                        "padding good, content not XML, or bad",
                        with(BODY_VALUE, value -> decryptsTo(value, "<an <ordinary ", 2)),
                        badPadding),
                pair("key good or bad", text, badKey()),
                pair("key good, padding bad, or key bad", badPadding, badKey()),
                customer);
    }

    /** Anyone can name any certificate; only its owner's signatures fit. */
    private Pair certificate() {
        KeyPairAndCertificate forger = BenchGateway.stranger("forger");
        KeyPairAndCertificate unknown = BenchGateway.stranger(ERP);
        return pair(
                "certificate known or not, signature forged",
                SoapEnvelope.text(erp.signedBy(forger.key(), erp.certificate()).protect(SOAP.around(Payload.order()))),
                SoapEnvelope.text(
                        erp.signedBy(forger.key(), unknown.certificate()).protect(SOAP.around(Payload.order()))));
    }

    private Pair customer() {
        String foreign = createdByNeighbour();
        String last = foreign.endsWith("0") ? "1" : "0";
        String nobodys = foreign.substring(0, foreign.length() - 1) + last;
        return new Pair("customer of another tenant or of nobody", () -> asked(foreign), () -> asked(nobodys));
    }

    private Shot asked(String id) {
        byte[] message = SoapEnvelope.bytes(erp.protect(SOAP.around(CUSTOMER.formatted(id))));
        return shot("customer", message);
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
