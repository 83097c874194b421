package org.crmgateway.attack;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;

/** Calls of a well-behaved partner beside the attacks, and what the answers say. */
record Talk(Edge edge) {
    /** In clear; the answer's text. */
    String sandbox(String area, String payload) throws IOException {
        Shot shot = Edge.post(
                "/services/" + area + "/v1/sandbox",
                SoapEnvelope.SOAP_11,
                "Content-Type: text/xml; charset=utf-8\r\n",
                Payload.utf8(Payload.envelope(payload)));
        return Reply.to(edge.port(), shot.bytes(), false).text();
    }

    /** Signed and encrypted by the partner of the dialect {@code modern}, with these headers signed too; the opened answer's text. */
    String modern(String area, String headers, String payload, String... signed) throws IOException {
        Document message = SoapEnvelope.parse(Payload.envelope(SoapEnvelope.SOAP_11, headers, payload));
        String[] parts = new String[signed.length + 2];
        parts[0] = "Timestamp";
        parts[1] = "Body";
        System.arraycopy(signed, 0, parts, 2, signed.length);
        return send(area, SoapEnvelope.bytes(edge.partner().signing(parts).protect(message)));
    }

    String modern(String area, String payload) throws IOException {
        return modern(area, "", payload);
    }

    private String send(String area, byte[] message) throws IOException {
        Shot shot = Edge.post(
                "/services/" + area + "/v1/" + Dialect.MODERN.label(),
                SoapEnvelope.SOAP_11,
                "Content-Type: text/xml; charset=utf-8\r\n",
                message);
        Document answer =
                SoapEnvelope.parse(Reply.to(edge.port(), shot.bytes(), false).body());
        edge.partner().open(answer);
        return SoapEnvelope.text(answer);
    }

    /** The text of the first element of this name. */
    static Optional<String> value(String answer, String name) {
        Matcher found =
                Pattern.compile("<(?:\\w+:)?" + name + "(?: [^>]*)?>([^<]*)</").matcher(answer);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    static String code(String answer) {
        return value(answer, "code").orElse("none");
    }
}
