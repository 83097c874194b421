package org.crmgateway.security.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.wss4j.common.WSS4JConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Where the parts of an envelope stand; nothing is verified here.
 *
 * @param headers the child elements of the header
 */
record Parts(
        Document document,
        List<Element> headers,
        Optional<Element> body,
        Optional<Element> security,
        Optional<Element> timestamp,
        Optional<Element> signature,
        Optional<Element> encryptedKey,
        Optional<Element> encryptedData) {
    static final String WSSE = WSS4JConstants.WSSE_NS;
    static final String WSU = WSS4JConstants.WSU_NS;
    static final String DS = WSS4JConstants.SIG_NS;
    static final String XENC = WSS4JConstants.ENC_NS;

    static Parts of(Document document) {
        Element envelope = document.getDocumentElement();
        String soap = String.valueOf(envelope.getNamespaceURI());
        List<Element> headers =
                child(envelope, soap, "Header").map(Parts::children).orElse(List.of());
        Optional<Element> body = child(envelope, soap, "Body");
        Optional<Element> security =
                headers.stream().filter(header -> is(header, WSSE, "Security")).findFirst();
        return new Parts(
                document,
                headers,
                body,
                security,
                security.flatMap(header -> child(header, WSU, "Timestamp")),
                security.flatMap(header -> child(header, DS, "Signature")),
                security.flatMap(header -> child(header, XENC, "EncryptedKey")),
                body.flatMap(element -> child(element, XENC, "EncryptedData")));
    }

    /** Every element that has this id, however it is written. */
    List<Element> withId(String id) {
        return descendants(document.getDocumentElement()).stream()
                .filter(element -> id.equals(element.getAttributeNS(WSU, "Id"))
                        || id.equals(element.getAttributeNS(null, "Id"))
                        || id.equals(element.getAttributeNS(null, "ID")))
                .toList();
    }

    /** Itself first, then all below it, in the order of the document. */
    static List<Element> descendants(Element top) {
        List<Element> all = new ArrayList<>(List.of(top));
        var below = top.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < below.getLength(); i++) {
            all.add((Element) below.item(i));
        }
        return all;
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static Optional<Element> child(Element parent, String namespace, String name) {
        return children(parent).stream()
                .filter(element -> is(element, namespace, name))
                .findFirst();
    }

    /** The first below {@code top}, however deep. */
    static Optional<Element> below(Element top, String namespace, String name) {
        return descendants(top).stream()
                .filter(element -> is(element, namespace, name))
                .findFirst();
    }

    static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    /** The {@code Algorithm} of the child so called; empty text when there is none. */
    static String algorithm(Element parent, String namespace, String name) {
        return child(parent, namespace, name)
                .map(element -> element.getAttributeNS(null, "Algorithm"))
                .orElse("");
    }
}
