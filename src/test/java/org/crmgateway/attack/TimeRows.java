package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.malformed;
import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;
import static org.crmgateway.attack.Expected.version;
import static org.crmgateway.attack.Forge.spoiled;
import static org.crmgateway.attack.Surgery.append;
import static org.crmgateway.attack.Surgery.body;
import static org.crmgateway.attack.Surgery.find;
import static org.crmgateway.attack.Surgery.header;
import static org.crmgateway.attack.Surgery.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Element;

/** Section 2.7 of the catalogue, as far as it needs one gateway and one sender. */
final class TimeRows {
    private static final Duration DAY = Duration.ofDays(1);

    private TimeRows() {}

    static Stream<Row> rows() {
        return Stream.of(again(), elsewhere(), windows(), forms()).flatMap(family -> family);
    }

    private static Stream<Row> again() {
        return join(
                resent("A-R01", "a read", UnaryOperator.identity()),
                resent("A-R08", "a read with other white space and prefixes", message -> {
                    String text = new String(message, java.nio.charset.StandardCharsets.UTF_8);
                    return text.replace("<wsse:", "<other:")
                            .replace("</wsse:", "</other:")
                            .replace("xmlns:wsse=", "xmlns:other=")
                            .replace("<ds:SignatureValue>", "\n  <ds:SignatureValue>\n ")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                }));
    }

    /** The answer to the first is none of the row's business. */
    private static Stream<Row> resent(String id, String name, UnaryOperator<byte[]> change) {
        return Stream.of(SoapEnvelope.values())
                .map(soap -> new Row(
                        id,
                        name + " again",
                        "modern" + soap.suffix(),
                        edge -> {
                            byte[] message = Forge.of(
                                            edge,
                                            soap,
                                            Dialect.MODERN,
                                            Examples.request("searchOrders").replace("10042", Payload.CUSTOMER))
                                    .bytes();
                            first(edge, edge.post(Dialect.MODERN, soap, message), "served");
                            return edge.post(Dialect.MODERN, soap, change.apply(message));
                        },
                        sec("sec.replay")));
    }

    private static void first(Edge edge, Shot shot, String expected) {
        try {
            String seen =
                    Seen.of(Reply.to(edge.port(), shot.bytes(), false), shot).answer();
            if (!seen.equals(expected)) {
                throw new IllegalStateException(seen);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Row> elsewhere() {
        return Stream.of(false, true)
                .flatMap(done -> Stream.of(
                        at(
                                "the other SOAP version",
                                version(),
                                "/services/order/v1/modern-soap12",
                                SoapEnvelope.SOAP_12,
                                done),
                        at(
                                "the other dialect",
                                sec("sec."),
                                "/services/order/v1/compatible",
                                SoapEnvelope.SOAP_11,
                                done),
                        at(
                                "the sandbox",
                                malformed("sandbox.").or(sec("sandbox.")),
                                "/services/order/v1/sandbox",
                                SoapEnvelope.SOAP_11,
                                done),
                        at(
                                "the other service",
                                malformed("soap.operation"),
                                "/services/customer/v1/modern",
                                SoapEnvelope.SOAP_11,
                                done)));
    }

    private static Row at(String where, Expected expected, String path, SoapEnvelope version, boolean done) {
        return Row.of(
                "A-R03", "a write " + (done ? "that was done" : "that was not") + ", at " + where, expected, edge -> {
                    byte[] message = Forge.good(edge, SoapEnvelope.SOAP_11, Dialect.MODERN)
                            .bytes();
                    if (done) {
                        first(edge, edge.post(Dialect.MODERN, SoapEnvelope.SOAP_11, message), "served");
                    }
                    return edge.post(path, version, message);
                });
    }

    private static Stream<Row> windows() {
        return join(
                at("A-R09", "305 seconds old", sec("sec.time.past"), -305, 600),
                at("A-R09", "280 seconds old", served(), -280, 600),
                at("A-R09", "40 seconds ahead", served(), 40, 600),
                at("A-R09", "90 seconds ahead", sec("sec.time.future"), 90, 600),
                at("A-R10", "ends before it begins", sec("sec.time.order"), 40, 30),
                at("A-R10", "ended already", sec("sec.time.past"), -20, -10),
                at("A-R10", "ends in a day", served(), 0, DAY.toSeconds()),
                at("A-R11", "400 seconds old, ends in a day", sec("sec.time.past"), -400, DAY.toSeconds()),
                at("A-R16", "a clock that is 3 minutes fast", sec("sec.time.future"), 180, 480),
                at("A-R16", "a clock that is 6 minutes slow", sec("sec.time.past"), -360, -60));
    }

    private static Stream<Row> at(String id, String name, Expected expected, long created, long expires) {
        return spoiled(
                id,
                name,
                expected,
                r -> r.sent(Instant.now().plusSeconds(created), Instant.now().plusSeconds(expires)));
    }

    private static Stream<Row> forms() {
        return join(
                spoiled(
                        "A-R12",
                        "no end",
                        sec("sec.time.missing"),
                        r -> r.timestamp(
                                "<wsu:Created>" + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "</wsu:Created>")),
                created("without a zone", text -> text.replace("Z", "")),
                created("in another zone", text -> text.replace("Z", "+02:00")),
                created("with nine fraction digits", text -> text.replaceFirst("(\\.\\d+)?Z", ".123456789Z")),
                created("in the year 99999", text -> "9" + text),
                created("in the year +99999", text -> "+9" + text),
                created("with a small z", text -> text.replace("Z", "z")),
                created("with a small t", text -> text.replace("T", "t")),
                created("at 24 o'clock", text -> text.replaceFirst("T\\d\\d:\\d\\d:\\d\\d", "T24:00:00")),
                created("with white space", text -> " " + text + "\n"),
                created("with a comment for a year", text -> text.replace("20", "20<!-- -->")),
                spoiled(
                        "A-R14",
                        "two timestamps",
                        sec("sec.many"),
                        r -> r.encrypted(m -> {
                            Element second = (Element) find(m, "Timestamp").cloneNode(true);
                            Surgery.id(second, "TS-2");
                            security(m).appendChild(second);
                        })),
                spoiled(
                        "A-R14",
                        "the timestamp beside the security header",
                        sec("sec."),
                        r -> r.built(m -> header(m).appendChild(find(m, "Timestamp")))),
                spoiled(
                        "A-R14",
                        "the timestamp in another header",
                        sec("sec."),
                        r -> r.built(m -> append(header(m), "<w:Wrapper xmlns:w='urn:w'/>")
                                .appendChild(find(m, "Timestamp")))),
                spoiled(
                        "A-R14",
                        "the timestamp in the body",
                        sec("sec."),
                        r -> r.built(m -> SoapEnvelope.payload(m).appendChild(find(m, "Timestamp")))),
                spoiled(
                        "A-R14",
                        "the timestamp in the token",
                        sec("sec."),
                        r -> r.built(m -> find(m, "BinarySecurityToken").appendChild(find(m, "Timestamp")))),
                spoiled(
                        "A-R14",
                        "a second timestamp in the encrypted body",
                        sec("sec."),
                        r -> r.signed(m -> {
                            Element second = (Element) find(m, "Timestamp").cloneNode(true);
                            body(m).appendChild(second);
                        })));
    }

    private static Stream<Row> created(String name, UnaryOperator<String> change) {
        return spoiled("A-R13", "made " + name, sec("sec."), r -> {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).with(ChronoField.MILLI_OF_SECOND, 123);
            return r.timestamp("<wsu:Created>" + change.apply(now.toString()) + "</wsu:Created><wsu:Expires>"
                    + now.plusSeconds(300) + "</wsu:Expires>");
        });
    }

    @SafeVarargs
    private static Stream<Row> join(Stream<Row>... families) {
        return Stream.of(families).flatMap(family -> family);
    }
}
