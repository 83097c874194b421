package org.crmgateway.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** SOAP envelopes as documents, made and read without any SOAP toolkit. */
public enum SoapEnvelope {
    SOAP_11("http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8"),
    SOAP_12("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml; charset=utf-8");

    private final String namespace;
    private final String contentType;

    SoapEnvelope(String namespace, String contentType) {
        this.namespace = namespace;
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** The end of a service address for this version. */
    public String suffix() {
        return this == SOAP_11 ? "" : "-soap12";
    }

    /** An envelope around a body element. */
    public Document around(String body) {
        String payload = body.replaceFirst("^\\s*<\\?xml[^>]*\\?>", "").strip();
        return parse("<env:Envelope xmlns:env=\"" + namespace + "\"><env:Header/><env:Body>" + payload
                + "</env:Body></env:Envelope>");
    }

    /** The first element in the body of an envelope of either version. */
    public static Element payload(Document envelope) {
        return child(child(envelope.getDocumentElement(), "Body"), "*");
    }

    /** The first element in a fault's detail; null when it has none. */
    public static Element faultDetail(Document envelope) {
        Element fault = payload(envelope);
        Element detail = child(fault, "detail");
        if (detail == null) {
            detail = child(fault, "Detail");
        }
        return detail == null ? null : child(detail, "*");
    }

    public static Element child(Node parent, String localName) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && (localName.equals("*") || localName.equals(element.getLocalName()))) {
                return element;
            }
        }
        return null;
    }

    public static Document parse(String xml) {
        return parse(new InputSource(new StringReader(xml)));
    }

    public static Document parse(byte[] xml) {
        return parse(new InputSource(new ByteArrayInputStream(xml)));
    }

    public static byte[] bytes(Document document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        transform(document, new StreamResult(bytes));
        return bytes.toByteArray();
    }

    public static String text(Node node) {
        StringWriter text = new StringWriter();
        transform(node, new StreamResult(text));
        return text.toString();
    }

    private static void transform(Node node, StreamResult result) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(node), result);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document parse(InputSource source) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(source);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
