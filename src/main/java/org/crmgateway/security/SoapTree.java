package org.crmgateway.security;

import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.helpers.DOMUtils;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The parts of an envelope as plain DOM elements; SAAJ's own elements are wrappers that never compare as the same.
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
        SOAPMessage soap = message.getContent(SOAPMessage.class);
        if (soap == null) {
            throw Refusal.security("sec.shape");
        }
        try {
            if (soap.getSOAPBody() == null) {
                throw Refusal.security("sec.shape");
            }
            Element body = plain(soap.getSOAPBody());
            List<Element> inBody = children(body);
            List<Element> inEnvelope = children((Element) body.getParentNode());
            // Decryption has changed the tree since its shape was checked.
            if (inBody.size() != 1 || inEnvelope.size() > 2 || inEnvelope.get(inEnvelope.size() - 1) != body) {
                throw Refusal.security("sec.shape");
            }
            List<Element> headers = soap.getSOAPHeader() == null ? List.of() : children(plain(soap.getSOAPHeader()));
            return new SoapTree(body, inBody.get(0), headers);
        } catch (SOAPException e) {
            throw Refusal.security("sec.shape");
        }
    }

    static Element plain(Element element) {
        return (Element) DOMUtils.getDomElement(element);
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (DOMUtils.getDomElement(node) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
