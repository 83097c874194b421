package org.crmgateway.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Cuts and stitches in a message's tree. */
final class Surgery {
    static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String WSSE11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd";
    static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
    static final String EC = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String WSA = "http://www.w3.org/2005/08/addressing";

    private Surgery() {}

    /** The first element of that local name, from the top. */
    static Element find(Node tree, String localName) {
        return all(tree, localName).stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no element " + localName));
    }

    /** Every element of that local name, {@code *} for all, in document order. */
    static List<Element> all(Node tree, String localName) {
        List<Element> found = new ArrayList<>();
        collect(tree, localName, found);
        return found;
    }

    private static void collect(Node node, String localName, List<Element> found) {
        if (node instanceof Element element && (localName.equals("*") || localName.equals(element.getLocalName()))) {
            found.add(element);
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            collect(child, localName, found);
        }
    }

    static Element header(Document message) {
        return SoapEnvelope.child(message.getDocumentElement(), "Header");
    }

    static Element body(Document message) {
        return SoapEnvelope.child(message.getDocumentElement(), "Body");
    }

    static Element security(Document message) {
        return SoapEnvelope.child(header(message), "Security");
    }

    /** Elements as written, with the usual prefixes, as nodes of the message. */
    static List<Element> parsed(Document message, String xml) {
        String soap = message.getDocumentElement().getNamespaceURI();
        Document document = SoapEnvelope.parse("<x xmlns:env='" + soap + "' xmlns:wsse='" + WSSE + "' xmlns:wsse11='"
                + WSSE11 + "' xmlns:wsu='" + WSU + "' xmlns:ds='" + DS + "' xmlns:xenc='" + XENC + "' xmlns:xenc11='"
                + XENC11 + "' xmlns:ec='" + EC + "' xmlns:wsa='" + WSA + "'>" + xml + "</x>");
        List<Element> elements = new ArrayList<>();
        for (Node node = document.getDocumentElement().getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                Element copy = (Element) message.importNode(element, true);
                bring(copy, document.getDocumentElement());
                elements.add(copy);
            }
        }
        return elements;
    }

    /** Namespaces in scope there are declared here. */
    private static void bring(Element copy, Element from) {
        for (int i = 0; i < from.getAttributes().getLength(); i++) {
            Attr declaration = (Attr) from.getAttributes().item(i);
            if (!copy.hasAttribute(declaration.getName())) {
                copy.setAttributeNS("http://www.w3.org/2000/xmlns/", declaration.getName(), declaration.getValue());
            }
        }
    }

    static Element append(Element parent, String xml) {
        Element last = null;
        for (Element element : parsed(parent.getOwnerDocument(), xml)) {
            last = (Element) parent.appendChild(element);
        }
        return last;
    }

    static Element prepend(Element parent, String xml) {
        Element element = parsed(parent.getOwnerDocument(), xml).get(0);
        return (Element) parent.insertBefore(element, parent.getFirstChild());
    }

    static void replace(Element element, String xml) {
        element.getParentNode()
                .replaceChild(parsed(element.getOwnerDocument(), xml).get(0), element);
    }

    static void remove(Element element) {
        element.getParentNode().removeChild(element);
    }

    static void attribute(Element element, String name, String value) {
        if (value == null) {
            element.removeAttribute(name);
        } else {
            element.setAttributeNS(null, name, value);
        }
    }

    static String id(Element element) {
        return element.getAttributeNS(WSU, "Id");
    }

    static void id(Element element, String value) {
        if (value.isEmpty()) {
            element.removeAttributeNS(WSU, "Id");
        } else {
            // Canonicalization sees declarations only, not what a serializer would add.
            element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:wsu", WSU);
            element.setAttributeNS(WSU, "wsu:Id", value);
        }
    }
}
