package org.crmgateway.fuzz;

import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * One change to a request.
 *
 * @param place which element, counted in document order and from the start again after the last
 * @param text what is put there, where something is
 */
record Mutation(Kind kind, int place, String text) {
    private static final String INSTANCE = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;
    private static final int MANY = 250;

    enum Kind {
        DELETE,
        REPEAT,
        REPEAT_MANY,
        SWAP_WITH_NEXT,
        EMPTY,
        TEXT,
        TEXT_BESIDE,
        CDATA,
        COMMENT,
        INSTRUCTION,
        OTHER_NAME,
        OTHER_NAMESPACE,
        WRAP,
        ATTRIBUTE,
        TYPE,
        NIL
    }

    /** Changes {@code request} in place; one that cannot be made there leaves it as it is. */
    void apply(Document request) {
        List<Element> elements = new ArrayList<>();
        collect(request.getDocumentElement(), elements);
        Element element = elements.get(place % elements.size());
        Node parent = element.getParentNode();
        boolean root = element == request.getDocumentElement();
        switch (kind) {
            case DELETE -> {
                if (!root) {
                    parent.removeChild(element);
                }
            }
            case REPEAT -> repeat(element, root ? 0 : 1);
            case REPEAT_MANY -> repeat(element, root ? 0 : MANY);
            case SWAP_WITH_NEXT -> {
                if (element.getNextSibling() != null) {
                    parent.insertBefore(element.getNextSibling(), element);
                }
            }
            case EMPTY -> element.setTextContent("");
            case TEXT -> element.setTextContent(text);
            case TEXT_BESIDE -> element.appendChild(request.createTextNode(text));
            case CDATA -> element.appendChild(request.createCDATASection(text.replace("]]>", "]]")));
            case COMMENT -> element.insertBefore(request.createComment(text.replace("-", "")), element.getFirstChild());
            case INSTRUCTION ->
                element.insertBefore(request.createProcessingInstruction("p", "x"), element.getFirstChild());
            case OTHER_NAME ->
                request.renameNode(
                        element,
                        element.getNamespaceURI(),
                        elements.get((place / 7) % elements.size()).getLocalName());
            case OTHER_NAMESPACE -> request.renameNode(element, "urn:x", "x:" + element.getLocalName());
            case WRAP -> {
                if (!root) {
                    Node wrapper = request.createElementNS(element.getNamespaceURI(), element.getNodeName());
                    parent.replaceChild(wrapper, element);
                    wrapper.appendChild(element);
                }
            }
            case ATTRIBUTE -> element.setAttribute("a", text);
            case TYPE -> element.setAttributeNS(INSTANCE, "xsi:type", text);
            case NIL -> element.setAttributeNS(INSTANCE, "xsi:nil", "true");
        }
    }

    private static void repeat(Element element, int times) {
        for (int i = 0; i < times; i++) {
            element.getParentNode().insertBefore(element.cloneNode(true), element);
        }
    }

    private static void collect(Element element, List<Element> found) {
        found.add(element);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, found);
            }
        }
    }
}
