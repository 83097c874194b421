package org.crmgateway.soap;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.binding.soap.SoapHeader;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.SoapVersion;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.headers.Header;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.crmgateway.call.WireBytes;
import org.crmgateway.security.EndpointAddress;
import org.crmgateway.security.Refusal;
import org.crmgateway.security.Shape;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Scans the message's bytes, then builds the one tree of it that everything behind looks at. */
final class EnvelopeIn extends AbstractSoapInterceptor {
    /** How many bytes a message has; for the log. */
    static final String SIZE = EnvelopeIn.class.getName() + ".size";

    private final Shape shape;
    private final EndpointAddress endpoint;
    private final int largest;

    EnvelopeIn(Shape shape, EndpointAddress endpoint, int largest) {
        super(Phase.POST_STREAM);
        this.shape = shape;
        this.endpoint = endpoint;
        this.largest = largest;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        byte[] bytes = read(message);
        message.getExchange().put(SIZE, bytes.length);
        message.getExchange().put(WireBytes.ATTRIBUTE, bytes);
        String charset = charset((String) message.get(Message.CONTENT_TYPE));
        String soap = message.getVersion().getNamespace();
        switch (endpoint.dialect()) {
            case MODERN, COMPATIBLE, LEGACY_2005 ->
                shape.check(bytes, charset, soap).requireSecured();
            case USERNAME_TLS -> shape.checkWithPassword(bytes, charset, soap).requireReadable();
            case SANDBOX -> shape.check(bytes, charset, soap).requireOperation(endpoint);
        }
        message.removeContent(InputStream.class);
        Document tree = tree(shape.open(bytes));
        message.setContent(Document.class, tree);
        message.getHeaders().addAll(headers(tree, message.getVersion()));
    }

    private static Document tree(XMLStreamReader checked) {
        try {
            return StaxUtils.read(checked);
        } catch (XMLStreamException e) {
            throw Refusal.unexpected("sec.error", e);
        }
    }

    /** In the form in which CXF asks whether each that must be understood (SOAP 1.1, section 4.2.3) is. */
    private static List<Header> headers(Document tree, SoapVersion version) {
        String soap = version.getNamespace();
        List<Header> headers = new ArrayList<>();
        for (Element part : DOMUtils.getChildrenWithName(tree.getDocumentElement(), soap, "Header")) {
            for (Element block = DOMUtils.getFirstElement(part);
                    block != null;
                    block = DOMUtils.getNextElement(block)) {
                SoapHeader header = new SoapHeader(new QName(block.getNamespaceURI(), block.getLocalName()), block);
                String must = block.getAttributeNS(soap, version.getAttrNameMustUnderstand());
                header.setMustUnderstand(must.equals("1") || must.equals("true"));
                header.setActor(block.getAttributeNS(soap, version.getAttrNameRole()));
                header.setDirection(Header.Direction.DIRECTION_IN);
                headers.add(header);
            }
        }
        return headers;
    }

    private byte[] read(SoapMessage message) {
        if (message.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request
                && request.getAttribute(WireBytes.ATTRIBUTE) instanceof byte[] bytes) {
            return bytes;
        }
        InputStream in = message.getContent(InputStream.class);
        if (in == null) {
            throw Refusal.malformed("xml.prolog");
        }
        try {
            byte[] bytes = in.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw Refusal.malformed("http.size");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parameter {@code charset} of a content type (RFC 9110, section 8.3.1). */
    static @Nullable String charset(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        for (String parameter : contentType.split(";")) {
            String trimmed = parameter.strip();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("charset=")) {
                return trimmed.substring("charset=".length()).replace("\"", "").strip();
            }
        }
        return null;
    }
}
