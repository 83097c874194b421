package org.crmgateway.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** One of the contract's own files as a tree without layout. For our files only: nothing from a network is read with it. */
final class XmlDocument {
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";

    private final Document document;

    private XmlDocument(Document document) {
        this.document = document;
    }

    static XmlDocument parse(byte[] bytes) {
        try {
            // The JDK's own parser: which others lie on the class path must not change what is published.
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setIgnoringComments(true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
            strip(document.getDocumentElement());
            return new XmlDocument(document);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("a contract file is damaged", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Element root() {
        return document.getDocumentElement();
    }

    XmlDocument copy() {
        return new XmlDocument((Document) document.cloneNode(true));
    }

    /** The tree in UTF-8, indented. */
    byte[] bytes() {
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.INDENT, "yes");
            transformer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            // Else the JDK writes standalone="no" and the root element on the same line.
            document.setXmlStandalone(true);
            transformer.setOutputProperty(OutputKeys.DOCTYPE_PUBLIC, "");
            transformer.transform(new DOMSource(document), new StreamResult(bytes));
            return bytes.toByteArray();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The children of {@code parent} with this name, in their order. */
    static List<Element> children(Element parent, String namespace, String name) {
        return children(parent).stream()
                .filter(child -> child.getLocalName().equals(name) && namespace.equals(child.getNamespaceURI()))
                .toList();
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

    /** The one child of {@code parent} with this name. */
    static Element child(Element parent, String namespace, String name) {
        List<Element> found = children(parent, namespace, name);
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " children " + name + " where one belongs");
        }
        return found.get(0);
    }

    private static void strip(Element element) {
        boolean hasElements = !children(element).isEmpty();
        for (Node node = element.getFirstChild(); node != null; ) {
            Node next = node.getNextSibling();
            if (node instanceof Element child) {
                strip(child);
            } else if (hasElements && node.getTextContent().isBlank()) {
                element.removeChild(node);
            }
            node = next;
        }
    }
}
