package org.crmgateway.security;

import java.util.ArrayList;
import java.util.List;
import org.apache.cxf.binding.soap.SoapMessage;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The parts of an envelope, in the one tree of its message.
 *
 * @param payload the body's only child element
 * @param headers the child elements of the header, in order
 */
record SoapTree(Element body, Element payload, List<Element> headers) {
    SoapTree {
        headers = List.copyOf(headers);
    }

    /**
     * Reads the tree after decryption.
     *
     * @throws Refusal when there is not exactly one element in the body
     */
    static SoapTree of(SoapMessage message) {
        Document tree = message.getContent(Document.class);
        Element header = header(tree);
        List<Element> inEnvelope = children(tree.getDocumentElement());
        Element body = inEnvelope.isEmpty() ? null : inEnvelope.get(inEnvelope.size() - 1);
        // Decryption has changed the tree since its shape was checked.
        if (body == null || !isPart(body, "Body") || inEnvelope.size() != (header == null ? 1 : 2)) {
            throw Refusal.security("sec.shape");
        }
        List<Element> inBody = children(body);
        if (inBody.size() != 1) {
            throw Refusal.security("sec.shape");
        }
        return new SoapTree(body, inBody.get(0), header == null ? List.of() : children(header));
    }

    /** The envelope's header; null when it has none. */
    static @Nullable Element header(Document tree) {
        return children(tree.getDocumentElement()).stream()
                .findFirst()
                .filter(first -> isPart(first, "Header"))
                .orElse(null);
    }

    private static boolean isPart(Element element, String name) {
        Element envelope = element.getOwnerDocument().getDocumentElement();
        return name.equals(element.getLocalName())
                && String.valueOf(envelope.getNamespaceURI()).equals(element.getNamespaceURI());
    }

    static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
