package org.crmgateway.security;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * One answer, written once: the body goes to {@link #body}, and {@link #end} puts around it what its dialect demands (OASIS WSS
 * SOAP Message Security 1.1.1, with the rules of the Basic Security Profile 1.1).
 */
public final class OutboundEnvelope {
    static final String PREFIX = "soap";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String soap;
    private final @Nullable Instant now;
    private final @Nullable Seal seal;
    private final CanonicalWriter body;
    private int contentBegin;

    /**
     * @param soap namespace of the envelope
     * @param now for a timestamp; null for no security header at all
     * @param seal null when nothing is signed
     */
    OutboundEnvelope(String soap, @Nullable Instant now, @Nullable Seal seal) {
        this.soap = soap;
        this.now = now;
        this.seal = seal;
        // What is signed is for itself, and declares the envelope's prefix again.
        this.body = new CanonicalWriter(seal == null ? Map.of(PREFIX, soap) : Map.of());
    }

    /** Begins the body; what is written there now is its content. */
    public XMLStreamWriter body() throws XMLStreamException {
        body.writeStartElement(PREFIX, "Body", soap);
        if (seal != null) {
            body.writeNamespace(PREFIX, soap);
            body.writeNamespace("wsu", SecurityShape.WSU);
            body.writeAttribute("wsu", SecurityShape.WSU, "Id", Seal.BODY);
        }
        contentBegin = body.size();
        return body;
    }

    /**
     * Ends the body.
     *
     * @return the whole message, in UTF-8
     */
    public byte[] end() throws XMLStreamException {
        int contentEnd = body.size();
        body.writeEndElement();
        ByteArrayOutputStream envelope = new ByteArrayOutputStream(body.size() + body.size() / 2 + 8 * 1024);
        write(envelope, "<soap:Envelope xmlns:soap=\"" + soap + "\">");
        if (now != null) {
            // A client that only sends a password has perhaps never heard of the header.
            String must = seal == null ? "" : " soap:mustUnderstand=\"1\"";
            write(envelope, "<soap:Header><wsse:Security xmlns:wsse=\"" + SecurityShape.WSSE + "\"" + must + ">");
            String timestamp = timestamp(now);
            if (seal == null) {
                write(envelope, timestamp + "</wsse:Security></soap:Header>");
            } else {
                seal.write(envelope, timestamp, body, contentBegin, contentEnd);
                write(envelope, "</soap:Envelope>");
                return envelope.toByteArray();
            }
        }
        envelope.write(body.buffer(), 0, body.size());
        write(envelope, "</soap:Envelope>");
        return envelope.toByteArray();
    }

    /** In its canonical form. */
    private static String timestamp(Instant now) {
        return "<wsu:Timestamp xmlns:wsu=\"" + SecurityShape.WSU + "\" wsu:Id=\"" + Seal.TIMESTAMP + "\"><wsu:Created>"
                + UTC.format(now) + "</wsu:Created><wsu:Expires>" + UTC.format(now.plus(LIFETIME))
                + "</wsu:Expires></wsu:Timestamp>";
    }

    static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
