package org.crmgateway.security;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The first look at a message, before any tree is built: one pass over its bytes that proves it is a bounded, complete
 * SOAP envelope with at most one security header of known parts. Everything behind it may rely on that. Thread-safe.
 */
public final class Shape {
    private final ShapeLimits limits;
    private final MessageReader parser;

    public Shape(ShapeLimits limits) {
        this.limits = limits;
        this.parser = new MessageReader(limits);
    }

    /**
     * Scans a whole message.
     *
     * @param charset the parameter of the content type, when sent
     * @param soap namespace of the envelope that the endpoint serves
     * @throws Refusal with the reason
     */
    public Envelope check(byte[] message, @Nullable String charset, String soap) {
        return new Scan(limits, soap, false).run(parser, Encoding.of(message, charset), message);
    }

    /**
     * The same for an endpoint where a password proves who sent the message.
     *
     * @see #check
     */
    public Envelope checkWithPassword(byte[] message, @Nullable String charset, String soap) {
        return new Scan(limits, soap, true).run(parser, Encoding.of(message, charset), message);
    }

    /**
     * Opens the parser that scanned {@code message}, so that what is read is what was checked.
     *
     * @throws Refusal MALFORMED, for a message that never passed
     */
    public XMLStreamReader open(byte[] message) {
        try {
            return parser.open(Encoding.of(message, null).read(message));
        } catch (XMLStreamException e) {
            throw Refusal.malformed("xml.prolog");
        }
    }
}
