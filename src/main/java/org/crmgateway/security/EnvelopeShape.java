package org.crmgateway.security;

import java.util.Objects;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One {@code Envelope} of an optional {@code Header} and a {@code Body} with exactly one child, and no other element or
 * text between (SOAP 1.1 section 4, SOAP 1.2 part 1 section 5, WS-I Basic Profile 1.1 R9980 and R9981). CXF reads on after the
 * first body and the first child, so the rest of a message would be signed, or not, and never looked at.
 */
final class EnvelopeShape {
    private static final String OURS = "urn:crmgateway:";

    private final String soap;
    private final int maxHeaders;
    private Part part = Part.BEFORE;
    private int headers;
    private @Nullable QName payload;

    private enum Part {
        BEFORE,
        ENVELOPE,
        HEADER,
        AFTER_HEADER,
        BODY,
        AFTER_BODY
    }

    EnvelopeShape(String soap, int maxHeaders) {
        this.soap = soap;
        this.maxHeaders = maxHeaders;
    }

    void start(XMLStreamReader element, int depth) {
        if (element.getAttributeValue(soap, "encodingStyle") != null) {
            throw Refusal.malformed("soap.enc");
        }
        // CXF takes any Header or Body, however deep, for the envelope's own: the bed of every wrapping attack.
        check(depth <= 2 || !soap.equals(element.getNamespaceURI()));
        switch (depth) {
            case 1 -> envelope(element);
            case 2 -> enter(element);
            case 3 -> child(element);
            default -> {}
        }
    }

    private void envelope(XMLStreamReader element) {
        check(element.getLocalName().equals("Envelope"));
        if (!soap.equals(element.getNamespaceURI())) {
            throw Refusal.version("soap.version");
        }
        part = Part.ENVELOPE;
    }

    private void enter(XMLStreamReader element) {
        check(soap.equals(element.getNamespaceURI()));
        boolean header = element.getLocalName().equals("Header");
        check(header || element.getLocalName().equals("Body"));
        check(part == Part.ENVELOPE || !header && part == Part.AFTER_HEADER);
        part = header ? Part.HEADER : Part.BODY;
    }

    private void child(XMLStreamReader element) {
        if (part == Part.BODY) {
            check(payload == null);
            payload = element.getName();
            return;
        }
        if (++headers > maxHeaders) {
            throw Refusal.malformed("soap.headers");
        }
        // What is ours stands in the body, where it is always signed.
        if (Objects.requireNonNullElse(element.getNamespaceURI(), "").startsWith(OURS)) {
            throw Refusal.security("sec.header");
        }
    }

    void end(int depthLeft) {
        if (depthLeft == 1) {
            part = part == Part.HEADER ? Part.AFTER_HEADER : Part.AFTER_BODY;
        }
    }

    /** Text that is not blank stands inside a header block or the payload only. */
    void text(int depth) {
        check(depth >= 3);
    }

    boolean inHeader() {
        return part == Part.HEADER;
    }

    QName payload() {
        check(part == Part.AFTER_BODY && payload != null);
        return Objects.requireNonNull(payload);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw Refusal.malformed("soap.shape");
        }
    }
}
