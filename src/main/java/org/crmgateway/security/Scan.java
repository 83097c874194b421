package org.crmgateway.security;

import com.ctc.wstx.exc.WstxEOFException;
import com.ctc.wstx.exc.WstxException;
import com.ctc.wstx.exc.WstxIOException;
import com.ctc.wstx.exc.WstxUnexpectedCharException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One pass over one message. */
final class Scan {
    private final NodeLimits nodes;
    private final EnvelopeShape envelope;
    private final SecurityShape security;
    private boolean rootSeen;
    private boolean ciphertext;

    Scan(ShapeLimits limits, String soap, boolean password) {
        this.nodes = new NodeLimits(limits);
        this.envelope = new EnvelopeShape(soap, limits.headers());
        this.security = new SecurityShape(soap, password);
    }

    Envelope run(MessageReader parser, Encoding encoding, byte[] message) {
        try {
            XMLStreamReader reader = parser.open(encoding.read(message));
            declaration(reader, encoding);
            while (reader.hasNext()) {
                event(reader, reader.next());
            }
        } catch (XMLStreamException e) {
            throw Refusal.malformed(reason(e));
        }
        return new Envelope(encoding.charset(), envelope.payload(), security.found(), security.signed());
    }

    /** {@code standalone="no"} is what absence means, so it passes; {@code yes} speaks of a DTD, which there is not. */
    private static void declaration(XMLStreamReader reader, Encoding encoding) {
        String version = reader.getVersion();
        if (version != null && !version.equals("1.0")
                || reader.isStandalone()
                || !encoding.agrees(reader.getCharacterEncodingScheme())) {
            throw Refusal.malformed("xml.decl");
        }
    }

    private void event(XMLStreamReader reader, int event) {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text(reader);
            case XMLStreamConstants.COMMENT -> nodes.comment(reader.getTextLength());
            case XMLStreamConstants.DTD -> throw Refusal.malformed("xml.dtd");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw Refusal.malformed("xml.entity");
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> throw Refusal.malformed("xml.pi");
            default -> {}
        }
    }

    private void start(XMLStreamReader reader) {
        rootSeen = true;
        nodes.start(reader);
        envelope.start(reader, nodes.depth());
        security.start(reader, nodes.depth(), envelope.inHeader());
        ciphertext = security.ciphertext(reader.getName());
    }

    private void end() {
        nodes.end();
        envelope.end(nodes.depth());
        security.end(nodes.depth());
        ciphertext = false;
    }

    private void text(XMLStreamReader reader) {
        if (!reader.isWhiteSpace()) {
            envelope.text(nodes.depth());
        }
        if (!ciphertext && !nodes.textFits(reader.getTextLength())) {
            throw security.open() ? Refusal.security("sec.size") : Refusal.malformed("xml.text");
        }
    }

    /** Where the parser gave up says more than its words. */
    private String reason(XMLStreamException e) {
        if (e instanceof WstxIOException || e instanceof WstxUnexpectedCharException found && found.getChar() < ' ') {
            return "xml.char";
        }
        if (!(e instanceof WstxException)) {
            // The parser's own limits speak in the plain class.
            return "xml.limit";
        }
        if (!rootSeen) {
            return "xml.prolog";
        }
        if (nodes.depth() == 0) {
            return "xml.trailing";
        }
        return e instanceof WstxEOFException ? "xml.eof" : "xml.syntax";
    }
}
