package org.crmgateway.attack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.crmgateway.bench.BenchGateway;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;

/**
 * The bad requests that cost a gateway most, or get farthest into it, as ids of the catalogue name them. "Sealed" is encrypted
 * for the gateway by someone who did not sign: it costs the gateway its private key. Each is made once and sent again and again.
 */
final class HostileMessages {
    private static final SoapEnvelope SOAP = SoapEnvelope.SOAP_11;
    private static final String ORDER = "/services/order/v1/modern";
    private static final int MEGABYTE = 1 << 20;

    private final List<Kind> kinds = new ArrayList<>();
    private final WireSecurity partner;
    private final WireSecurity stranger;
    private final WireSecurity nobody;

    /** One message, as bytes outside the heap. */
    record Kind(String name, ByteBuffer request) {}

    HostileMessages(BenchGateway gateway, byte[] replayedRead) {
        KeyPairAndCertificate foreign = BenchGateway.stranger("Stranger");
        partner = gateway.security(GenuineCalls.PARTNER, Dialect.MODERN);
        stranger = partner.signedBy(foreign.key(), foreign.certificate());
        nobody = partner.signing();
        String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);
        String colliding = "<a>" + colliding(45_000) + "</a>";
        String digits = Payload.order("<o:quantity>" + "7".repeat(1_000_000) + "</o:quantity>");
        add("A-X12 depth 100,000, clear", clear(deep));
        add("A-X12 depth 100,000, sealed", sealed(nobody, deep));
        add("A-X20 45,000 names of one hash, clear", clear(colliding));
        add("A-X20 45,000 names of one hash, sealed", sealed(nobody, colliding));
        add("A-D05 a million digits, sealed", sealed(nobody, digits));
        add("A-D05 a million digits, signed by a stranger", sealed(stranger, digits));
        add("A-W01 4 MiB of text", clear("<a>" + "x".repeat(4 * MEGABYTE - 500) + "</a>"));
        add("A-W07 an order, sealed", sealed(nobody, Payload.order()));
        add("A-W07 a megabyte of text, sealed", sealed(nobody, "<a>" + "x".repeat(MEGABYTE) + "</a>"));
        add("A-W26 100 EncryptedKeys", multiplied("xenc:EncryptedKey", 100));
        add("A-W27 5,000 DataReferences", multiplied("xenc:DataReference", 5_000));
        add("A-W30 a certificate of 15 KB that is none", foreignToken());
        add("A-K signed by a stranger", protectedBy(stranger));
        add("A-R expired, else genuine", protectedBy(partner.livingFor(-10)));
        add("A-S one byte of the ciphertext changed", spoiled(text(protectedBy(partner))));
        kinds.add(new Kind("A-R a read of the partner's, again", direct(replayedRead)));
    }

    List<Kind> kinds() {
        return List.copyOf(kinds);
    }

    /** A request whose connection ends with its answer. */
    static byte[] post(String path, byte[] message) {
        return Edge.post(path, SOAP, "Content-Type: " + SOAP.contentType() + "\r\n", message)
                .bytes();
    }

    private void add(String name, byte[] message) {
        kinds.add(new Kind(name, direct(post(ORDER, message))));
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }

    private static byte[] clear(String body) {
        return Payload.utf8(Payload.envelope(body));
    }

    private static byte[] sealed(WireSecurity signer, String content) {
        return Sealed.message(signer, SOAP, Payload.HARMLESS, Payload.utf8(content));
    }

    private static byte[] protectedBy(WireSecurity security) {
        return SoapEnvelope.bytes(security.protect(SOAP.around(Payload.order())));
    }

    /** An element of the genuine message so many times. */
    private byte[] multiplied(String element, int times) {
        String message = text(protectedBy(partner));
        int from = message.indexOf("<" + element);
        int selfClosed = message.indexOf("/>", from) + 2;
        String end = "</" + element + ">";
        int closed = message.indexOf(end, from) + end.length();
        int to = message.lastIndexOf('<', selfClosed - 1) == from ? selfClosed : closed;
        return Payload.utf8(
                message.substring(0, from) + message.substring(from, to).repeat(times) + message.substring(to));
    }

    private byte[] foreignToken() {
        String message = text(protectedBy(stranger));
        int from = message.indexOf('>', message.indexOf("<wsse:BinarySecurityToken")) + 1;
        int to = message.indexOf('<', from);
        byte[] der = new byte[11_000];
        // A sequence of a length that is not there (X.690, section 8.1.3.5).
        der[0] = 0x30;
        der[1] = (byte) 0x84;
        der[2] = 0x7f;
        String token = Base64.getEncoder().encodeToString(der);
        return Payload.utf8(message.substring(0, from) + token + message.substring(to));
    }

    private static byte[] spoiled(String message) {
        int at = message.lastIndexOf("</xenc:CipherValue>") - 40;
        char other = message.charAt(at) == 'A' ? 'B' : 'A';
        return Payload.utf8(message.substring(0, at) + other + message.substring(at + 1));
    }

    /** "Aa" and "BB" hash alike, and so does every word of them. */
    private static String colliding(int count) {
        IntFunction<String> name = i -> IntStream.range(0, 16)
                .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining("", "<", "/>"));
        return IntStream.range(0, count).mapToObj(name).collect(Collectors.joining());
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }
}
