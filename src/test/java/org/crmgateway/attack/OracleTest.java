package org.crmgateway.attack;

import static org.crmgateway.attack.Surgery.append;
import static org.crmgateway.attack.Surgery.body;
import static org.crmgateway.attack.Surgery.find;
import static org.crmgateway.attack.Surgery.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Section 2.9 of the catalogue: whatever is done to a ciphertext or to a key, the answer is the same: status, header fields and
 * bytes. Changes are made by a seeded generator, so that a failure comes again.
 */
@ExtendWith(AttackExtension.class)
final class OracleTest {
    private static final String ACTION = "urn:crmgateway:order:v1:createOrder";
    private static final String ONE = "1 answer, SEC";

    @Test
    @Attack("A-O01")
    void aFlippedPaddingTellsNothing(Attacks attacks) {
        Edge edge = attacks.edge();
        for (boolean signed : new boolean[] {true, false}) {
            Document base = message(edge, Dialect.COMPATIBLE, signed);
            one(
                    attacks,
                    "A-O01",
                    "150 flips in the last two blocks" + of(signed),
                    Dialect.COMPATIBLE,
                    flips(base, 150, bytes -> bytes.length - 32, 32));
        }
    }

    @Test
    @Attack("A-O02")
    void aFlippedVectorTellsNothing(Attacks attacks) {
        Edge edge = attacks.edge();
        for (boolean signed : new boolean[] {true, false}) {
            Document base = message(edge, Dialect.COMPATIBLE, signed);
            one(
                    attacks,
                    "A-O02",
                    "120 flips in the vector" + of(signed),
                    Dialect.COMPATIBLE,
                    flips(base, 120, bytes -> 0, 16));
            Document modern = message(edge, Dialect.MODERN, signed);
            one(attacks, "A-O02", "60 flips anywhere" + of(signed), Dialect.MODERN, flips(modern, 60, bytes -> 0, 400));
        }
    }

    @Test
    @Attack("A-O03")
    void aKeyInTheOldPaddingTellsNothing(Attacks attacks) {
        Edge edge = attacks.edge();
        Random random = new Random(3);
        for (String algorithm : List.of(Recipe.RSA15, Recipe.OAEP)) {
            List<byte[]> messages = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] block = block(random, i);
                Document message = message(edge, Dialect.COMPATIBLE, true);
                find(find(message, "EncryptedKey"), "EncryptionMethod").setAttribute("Algorithm", algorithm);
                key(message, raw(edge, block));
                messages.add(SoapEnvelope.bytes(message));
            }
            one(attacks, "A-O03", "40 paddings as " + algorithm.replaceFirst(".*#", ""), Dialect.COMPATIBLE, messages);
        }
    }

    @Test
    @Attack("A-O04")
    void aSpoiledKeyTellsNothing(Attacks attacks) {
        Edge edge = attacks.edge();
        for (Dialect dialect : List.of(Dialect.MODERN, Dialect.COMPATIBLE)) {
            List<byte[]> messages = new ArrayList<>();
            for (int length : new int[] {0, 1, 4, 128, 255, 257, 512, 4_096}) {
                messages.add(keyed(edge, dialect, new byte[length]));
            }
            Recipe recipe = Forge.good(edge, SoapEnvelope.SOAP_11, dialect);
            for (int length : new int[] {0, 1, 4, 8, 15, 17, 24, 31, 33, 64, 200}) {
                messages.add(keyed(edge, dialect, recipe.wrapped(new byte[length])));
            }
            Random random = new Random(4);
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[256];
                random.nextBytes(garbage);
                messages.add(keyed(edge, dialect, garbage));
            }
            for (String text : List.of("", "no Base64!", "AAAA=AAA", "====", "\u00e4")) {
                Document message = message(edge, dialect, true);
                find(find(message, "EncryptedKey"), "CipherValue").setTextContent(text);
                messages.add(SoapEnvelope.bytes(message));
            }
            one(attacks, "A-O04", "keys of every wrong kind", dialect, messages);
        }
    }

    @Test
    @Attack("A-O06")
    void whatADecryptedBodyIsTellsNothingToWhomDidNotSignIt(Attacks attacks) {
        Edge edge = attacks.edge();
        List<String> bodies = List.of(
                Payload.order(),
                Payload.order().replace("4711", "9".repeat(300)),
                Payload.order().replace("o:createOrder", "o:cancelOrder"),
                Payload.order().replace("o:createOrder", "o:unknown"),
                Payload.order().replace("urn:crmgateway:order:v1", "urn:other"),
                Payload.order().replace(Payload.CUSTOMER, "NOBODY"),
                Payload.order().replace("{canary}", "<x/>"),
                "<s:Fault xmlns:s='" + Payload.SOAP11 + "'/>",
                "<x/>");
        for (Dialect dialect : List.of(Dialect.MODERN, Dialect.COMPATIBLE)) {
            List<byte[]> messages = new ArrayList<>();
            for (String body : bodies) {
                String payload = edge.fill(body);
                messages.add(Forge.of(edge, SoapEnvelope.SOAP_11, dialect, payload)
                        .unsigned()
                        .bytes());
                messages.add(Forge.of(edge, SoapEnvelope.SOAP_11, dialect, payload)
                        .signedBy(edge.stranger())
                        .bytes());
                // Another's signature around this body.
                messages.add(Forge.of(edge, SoapEnvelope.SOAP_11, dialect, edge.fill(Payload.order()))
                        .signed(m -> {
                            Element now = SoapEnvelope.payload(m);
                            now.getParentNode()
                                    .replaceChild(
                                            m.importNode(
                                                    SoapEnvelope.parse(payload).getDocumentElement(), true),
                                            now);
                        })
                        .bytes());
            }
            one(attacks, "A-O06", "bodies of every kind, unsigned and signed by another", dialect, messages);
            List<byte[]> broken = new ArrayList<>();
            for (String text : List.of(
                    "",
                    "text",
                    "<a>",
                    "<a></b>",
                    "&nope;",
                    "<!DOCTYPE a><a/>",
                    "\u0001",
                    "<a/><b/>",
                    "<a".repeat(40))) {
                broken.add(Sealed.message(
                        edge.gateway().security(Dialect.MODERN).signing(),
                        SoapEnvelope.SOAP_11,
                        Payload.HARMLESS,
                        text.getBytes(StandardCharsets.UTF_8)));
            }
            one(attacks, "A-O06", "bodies that are no body, unsigned", Dialect.MODERN, broken);
        }
    }

    @Test
    @Attack("A-O07")
    void aCiphertextElsewhereTellsNothing(Attacks attacks) {
        Edge edge = attacks.edge();
        List<Function<Document, Element>> places = List.of(
                m -> header(m),
                m -> append(header(m), "<w:Wrapper xmlns:w='urn:w'/>"),
                m -> append(header(m), "<wsa:MessageID/>"),
                m -> Surgery.security(m),
                m -> find(m, "Timestamp"),
                m -> find(m, "Created"),
                m -> find(m, "KeyInfo"),
                m -> find(m, "BinarySecurityToken"),
                m -> m.getDocumentElement(),
                m -> body(m));
        for (int i = 0; i < places.size(); i++) {
            Function<Document, Element> place = places.get(i);
            // A clear or an encrypted body remains, so that a look at the envelope's shape alone does not end it.
            for (boolean copy : new boolean[] {false, true}) {
                Set<String> answers = new TreeSet<>();
                for (boolean spoiled : new boolean[] {false, true}) {
                    Document message = message(edge, Dialect.COMPATIBLE, true);
                    Element data = find(body(message), "EncryptedData");
                    if (spoiled) {
                        flip(find(data, "CipherValue"), 40);
                    }
                    Element target = place.apply(message);
                    target.appendChild(copy ? data.cloneNode(true) : data);
                    if (!copy && !body(message).hasChildNodes()) {
                        append(body(message), "<o:getOrder xmlns:o='urn:crmgateway:order:v1'/>");
                    }
                    boolean unchanged = target == body(message) && !copy && !spoiled;
                    if (!unchanged) {
                        answers.add(answer(edge, Dialect.COMPATIBLE, SoapEnvelope.bytes(message)));
                    }
                }
                attacks.course(
                        "A-O07",
                        "place " + i + (copy ? ", copied" : ", moved"),
                        "1 answer",
                        0,
                        () -> answers.size() + " answer");
            }
        }
    }

    private static String of(boolean signed) {
        return signed ? ", signed" : ", unsigned";
    }

    private static Document message(Edge edge, Dialect dialect, boolean signed) {
        Recipe recipe = Forge.good(edge, SoapEnvelope.SOAP_11, dialect);
        return (signed ? recipe : recipe.unsigned()).document();
    }

    private static byte[] keyed(Edge edge, Dialect dialect, byte[] encryptedKey) {
        Document message = message(edge, dialect, true);
        key(message, encryptedKey);
        return SoapEnvelope.bytes(message);
    }

    private static void key(Document message, byte[] encryptedKey) {
        find(find(message, "EncryptedKey"), "CipherValue").setTextContent(Recipe.base64(encryptedKey));
    }

    /** A block that PKCS#1 1.5 would pad a key into: right, of another version, without its zero, too short, and any. */
    private static byte[] block(Random random, int kind) {
        byte[] block = new byte[256];
        random.nextBytes(block);
        block[0] = 0;
        block[1] = (byte) (kind % 5 == 1 ? 1 : 2);
        for (int i = 2; i < block.length - 33; i++) {
            block[i] = (byte) (block[i] | 1);
        }
        int zero = kind % 5 == 2 ? 5 : kind % 5 == 3 ? 200 : 223;
        block[zero] = (byte) (kind % 5 == 4 ? 1 : 0);
        return block;
    }

    /** Textbook RSA: the block itself is what the gateway decrypts to. */
    private static byte[] raw(Edge edge, byte[] block) {
        var key = (java.security.interfaces.RSAPublicKey)
                edge.gateway().gateway().keys().certificate().getPublicKey();
        byte[] number = new java.math.BigInteger(1, block)
                .modPow(key.getPublicExponent(), key.getModulus())
                .toByteArray();
        byte[] fixed = new byte[256];
        int from = Math.max(0, number.length - 256);
        System.arraycopy(number, from, fixed, 256 - (number.length - from), number.length - from);
        return fixed;
    }

    private static List<byte[]> flips(Document base, int count, Function<byte[], Integer> from, int within) {
        Random random = new Random(count);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Document message = (Document) base.cloneNode(true);
                    Element value = find(body(message), "CipherValue");
                    byte[] bytes = Base64.getDecoder().decode(value.getTextContent());
                    bytes[from.apply(bytes) + random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
                    value.setTextContent(Recipe.base64(bytes));
                    return SoapEnvelope.bytes(message);
                })
                .toList();
    }

    private static void flip(Element value, int at) {
        byte[] bytes = Base64.getDecoder().decode(value.getTextContent());
        bytes[at] ^= 1;
        value.setTextContent(Recipe.base64(bytes));
    }

    private static void one(Attacks attacks, String id, String name, Dialect dialect, List<byte[]> messages) {
        Edge edge = attacks.edge();
        attacks.course(id, dialect.label() + ": " + name, ONE, 1, () -> {
            Set<String> answers = new TreeSet<>();
            for (byte[] message : messages) {
                answers.add(answer(edge, dialect, message));
            }
            String first = answers.iterator().next();
            boolean refused = first.contains(":InvalidSecurity");
            return answers.size() == 1 && refused ? ONE : answers.size() + " answers: " + answers;
        });
    }

    /** All that a sender sees, but for the time and the id. */
    private static String answer(Edge edge, Dialect dialect, byte[] message) {
        WireClient.Answer answer =
                edge.gateway().client().post("order/v1/" + dialect.label(), SoapEnvelope.SOAP_11, ACTION, message);
        Map<String, List<String>> fields = new TreeMap<>(answer.headers().map());
        fields.remove("date");
        fields.remove("x-call-id");
        return answer.status() + " " + fields + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }
}
