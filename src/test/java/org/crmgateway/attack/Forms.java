package org.crmgateway.attack;

import java.util.function.Function;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;

/**
 * One message in every form it may come in: in clear to an address without security and to one with it, in both versions of SOAP;
 * encrypted by someone who signed nothing; encrypted with a stranger's signature; encrypted under a partner's recorded
 * signature of something else; and, where a partner could, signed by the partner. The digests in a signature can only be
 * compared after decryption, so whoever has recorded a message can make us read what is inside.
 */
final class Forms {
    /** What is refused before or while it is decrypted and verified. */
    static final Expected UNREAD = Expected.sec("sec.wss.", "sec.unreadable", "sec.invalid");

    private Forms() {}

    /** A payload; the text is completed by {@link Edge#fill} when it is sent. */
    static Stream<Row> payload(String id, String name, Expected expected, String payload) {
        return payload(id, name, expected, edge -> Payload.utf8(edge.fill(payload)));
    }

    static Stream<Row> payload(String id, String name, Expected expected, Function<Edge, byte[]> payload) {
        return both(id, name, expected, (version, edge) -> Payload.around(version, payload.apply(edge)), payload);
    }

    /** A whole message, envelope and all; what is encrypted is all of it. */
    static Stream<Row> message(String id, String name, Expected expected, Function<Edge, byte[]> message) {
        Row row = Row.of(
                        id,
                        name,
                        expected,
                        edge -> edge.post(Dialect.SANDBOX, SoapEnvelope.SOAP_11, message.apply(edge)))
                .as(
                        "clear 1.1",
                        expected,
                        edge -> edge.post(Dialect.SANDBOX, SoapEnvelope.SOAP_11, message.apply(edge)));
        return Stream.concat(
                Stream.of(row, unsecured(row, expected, edge -> message.apply(edge))), encrypted(row, message));
    }

    private interface Document {
        byte[] of(SoapEnvelope version, Edge edge);
    }

    private static Stream<Row> both(
            String id, String name, Expected expected, Document document, Function<Edge, byte[]> content) {
        Row row = Row.of(
                        id,
                        name,
                        expected,
                        edge -> edge.post(
                                Dialect.SANDBOX, SoapEnvelope.SOAP_11, document.of(SoapEnvelope.SOAP_11, edge)))
                .as(
                        "clear 1.1",
                        expected,
                        edge -> edge.post(
                                Dialect.SANDBOX, SoapEnvelope.SOAP_11, document.of(SoapEnvelope.SOAP_11, edge)));
        Row row12 = row.as(
                "clear 1.2",
                expected,
                edge -> edge.post(Dialect.SANDBOX, SoapEnvelope.SOAP_12, document.of(SoapEnvelope.SOAP_12, edge)));
        return Stream.concat(
                Stream.of(row, row12, unsecured(row, expected, edge -> document.of(SoapEnvelope.SOAP_11, edge))),
                encrypted(row, content));
    }

    /** What is well-formed comes as far as the question for security. */
    private static Row unsecured(Row row, Expected expected, Function<Edge, byte[]> message) {
        boolean shapely = expected.reasons().contains("soap.operation")
                || expected.answers().stream()
                        .noneMatch(answer ->
                                answer.equals("MALFORMED") || answer.equals("VERSION") || answer.startsWith("http"));
        return row.as(
                "unsecured",
                shapely ? Expected.sec("sec.none") : expected,
                edge -> edge.post(Dialect.MODERN, SoapEnvelope.SOAP_11, message.apply(edge)));
    }

    private static Stream<Row> encrypted(Row row, Function<Edge, byte[]> content) {
        Expected refused = UNREAD.or(Expected.http(413, "http.size"));
        Expected unsigned = Expected.sec("sec.nosig").or(Expected.http(413, "http.size"));
        return Stream.of(
                row.as("encrypted 1.1", unsigned, edge -> edge.encrypted(SoapEnvelope.SOAP_11, content.apply(edge))),
                row.as("encrypted 1.2", unsigned, edge -> edge.encrypted(SoapEnvelope.SOAP_12, content.apply(edge))),
                row.as("foreign 1.1", refused, edge -> edge.foreign(SoapEnvelope.SOAP_11, content.apply(edge))),
                row.as("foreign 1.2", refused, edge -> edge.foreign(SoapEnvelope.SOAP_12, content.apply(edge))),
                row.as("recorded 1.1", refused, edge -> edge.recorded(SoapEnvelope.SOAP_11, content.apply(edge))),
                row.as("recorded 1.2", refused, edge -> edge.recorded(SoapEnvelope.SOAP_12, content.apply(edge))));
    }

    /** A well-formed payload, also signed and encrypted by the partner, so that it is read to the end. */
    static Stream<Row> signed(String id, String name, Expected expected, Expected whenSigned, String payload) {
        Row row = Row.of(id, name, whenSigned, edge -> edge.signed(SoapEnvelope.SOAP_11, edge.fill(payload)));
        return Stream.concat(
                payload(id, name, expected, payload),
                Stream.of(
                        row.as("signed 1.1", whenSigned, row.shot()),
                        row.as(
                                "signed 1.2",
                                whenSigned,
                                edge -> edge.signed(SoapEnvelope.SOAP_12, edge.fill(payload)))));
    }

    /** Too much of something, which a partner may also be told by what decrypts. */
    static Stream<Row> tooMuch(String id, String name, Expected expected, String payload) {
        return signed(id, name, expected, UNREAD.or(Expected.fault(Code.SCHEMA_VIOLATION)), payload);
    }

    /** So large that one of each form is enough. */
    static Stream<Row> large(String id, String name, Expected expected, String payload) {
        return payload(id, name, expected, payload).filter(row -> !row.variant().endsWith("1.2"));
    }

    /** The same answer whether or not the payload is secured. */
    static Stream<Row> signed(String id, String name, Expected expected, String payload) {
        return signed(id, name, expected, expected, payload);
    }

    /** What the schema does not allow. */
    static Stream<Row> invalid(String id, String name, String payload) {
        return signed(id, name, Expected.fault(Code.SCHEMA_VIOLATION), payload);
    }
}
