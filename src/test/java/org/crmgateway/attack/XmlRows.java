package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.fault;
import static org.crmgateway.attack.Expected.http;
import static org.crmgateway.attack.Expected.malformed;
import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;
import static org.crmgateway.attack.Forms.invalid;
import static org.crmgateway.attack.Forms.large;
import static org.crmgateway.attack.Forms.message;
import static org.crmgateway.attack.Forms.payload;
import static org.crmgateway.attack.Forms.signed;
import static org.crmgateway.attack.Forms.tooMuch;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.ShapeLimits;
import org.crmgateway.wire.SoapEnvelope;

/** What XML can hide (A-X). */
final class XmlRows {
    private static final ShapeLimits LIMITS = ShapeLimits.ofContract();
    private static final String XSI = " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
    private static final Expected SCHEMA = fault(Code.SCHEMA_VIOLATION);

    private XmlRows() {}

    static Stream<Row> rows() {
        return Stream.of(
                        entities(),
                        characters(),
                        depth(),
                        numbers(),
                        attributes(),
                        texts(),
                        collisions(),
                        ends(),
                        shapes(),
                        schema(),
                        headers())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> entities() {
        return Stream.of(
                        dtd("A-X01", "internal", "<!DOCTYPE x [<!ENTITY a 'b'>]>"),
                        dtd("A-X01", "bare", "<!DOCTYPE x>"),
                        dtd("A-X02", "file", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"),
                        dtd("A-X03", "parameter", "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://{trap}/a'> %a;]>"),
                        dtd("A-X04", "external", "<!DOCTYPE x SYSTEM 'http://{trap}/x.dtd'>"),
                        dtd("A-X04", "public", "<!DOCTYPE x PUBLIC '-//X//X' 'http://{trap}/x.dtd'>"),
                        dtd("A-X05", "billion laughs", "<!DOCTYPE x [<!ENTITY l0 'lol'>" + laughs() + "]>"),
                        dtd("A-X06", "quadratic", "<!DOCTYPE x [<!ENTITY a '" + "{canary}".repeat(5_000) + "'>]>"),
                        dtd("A-X07", "recursive", "<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"),
                        message(
                                "A-X01",
                                "after the envelope",
                                malformed("xml.trailing", "xml.dtd"),
                                edge -> utf8(edge, order() + "<!DOCTYPE x [<!ENTITY a 'b'>]>")),
                        payload(
                                "A-X01",
                                "in the body",
                                malformed("xml.syntax", "xml.dtd"),
                                "<!DOCTYPE x []>" + Payload.order()))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> dtd(String id, String name, String dtd) {
        return message(id, name, malformed("xml.dtd"), edge -> utf8(edge, dtd + order().replace("4711", "&a;")));
    }

    private static String laughs() {
        StringBuilder entities = new StringBuilder();
        for (int i = 1; i < 10; i++) {
            entities.append("<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>");
        }
        return entities.append("<!ENTITY a '&l9;'>").toString();
    }

    private static Stream<Row> characters() {
        return Stream.of(
                        payload("A-X08", "in a text", malformed("xml.entity"), replaced("4711", "&nope;")),
                        payload("A-X08", "in a key", malformed("xml.entity"), replaced("ATTACKED", "ATT&nope;ACKED")),
                        payload(
                                "A-X08",
                                "in an attribute",
                                malformed("xml.entity"),
                                replaced("<o:order>", "<o:order a='&nope;'>")),
                        payload("A-X08", "of HTML", malformed("xml.entity"), replaced("4711", "&nbsp;")),
                        payload("A-X09", "&#1;", malformed("xml.char", "xml.syntax"), replaced("4711", "&#1;")),
                        payload("A-X09", "&#xFFFE;", malformed("xml.char", "xml.syntax"), replaced("4711", "&#xFFFE;")),
                        payload("A-X09", "&#xD800;", malformed("xml.char", "xml.syntax"), replaced("4711", "&#xD800;")),
                        payload(
                                "A-X09",
                                "&#x110000;",
                                malformed("xml.char", "xml.syntax"),
                                replaced("4711", "&#x110000;")),
                        bytes("A-X09", "NUL", "00"),
                        bytes("A-X09", "vertical tab", "0B"),
                        bytes("A-X09", "U+FFFE", "EFBFBE"),
                        bytes("A-X09", "U+FFFF", "EFBFBF"),
                        bytes("A-X10", "broken sequence", "C328"),
                        bytes("A-X10", "lone continuation", "80"),
                        bytes("A-X10", "overlong", "C0AF"),
                        bytes("A-X10", "lone surrogate", "EDA080"),
                        bytes("A-X10", "CESU-8", "EDA0BDEDB880"),
                        bytes("A-X10", "beyond Unicode", "F4908080"),
                        prolog("A-X11", "byte order mark", served(), "\uFEFF"),
                        prolog("A-X11", "two byte order marks", malformed("xml.char"), "\uFEFF\uFEFF"),
                        prolog(
                                "A-X11",
                                "Latin-1",
                                malformed("xml.decl"),
                                "<?xml version='1.0' encoding='ISO-8859-1'?>"),
                        prolog(
                                "A-X11",
                                "UTF-16 that is not",
                                malformed("xml.decl"),
                                "<?xml version='1.0' encoding='UTF-16'?>"),
                        prolog("A-X11", "XML 1.1", malformed("xml.decl"), "<?xml version='1.1'?>"),
                        prolog("A-X11", "XML 2.0", malformed("xml.decl", "xml.prolog"), "<?xml version='2.0'?>"),
                        prolog("A-X11", "standalone", malformed("xml.decl"), "<?xml version='1.0' standalone='yes'?>"),
                        prolog(
                                "A-X11",
                                "blank before the declaration",
                                malformed("xml.prolog", "xml.pi"),
                                " <?xml version='1.0'?>"))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> prolog(String id, String name, Expected expected, String prolog) {
        return message(id, name, expected, edge -> utf8(edge, prolog + order()));
    }

    private static Stream<Row> bytes(String id, String name, String hex) {
        return payload(id, name, malformed("xml.char"), edge -> {
            String[] parts = edge.fill(Payload.order()).split("4711");
            return Payload.join(Payload.utf8(parts[0]), HexFormat.of().parseHex(hex), Payload.utf8(parts[1]));
        });
    }

    private static Stream<Row> depth() {
        Expected deep = malformed("xml.depth");
        // The envelope and the body are above.
        int inBody = LIMITS.depth() - 2;
        return Stream.of(
                        signed("A-X12", "limit", malformed("soap.operation"), nested(inBody)),
                        signed("A-X12", "limit, in an order", SCHEMA, replaced("4711", nested(inBody - 5))),
                        tooMuch("A-X12", "limit and 1, in an order", deep, replaced("4711", nested(inBody - 4))),
                        signed(
                                "A-X12",
                                "limit and 1",
                                deep,
                                Forms.UNREAD.or(malformed("soap.operation")),
                                nested(inBody + 1)),
                        tooMuch("A-X12", "110", deep, replaced("4711", nested(110))),
                        large("A-X12", "100,000", deep, nested(100_000)),
                        large("A-X12", "100,000, never closed", deep, "<{canary}>".repeat(100_000)),
                        header("A-X12", "limit and 1, in a header", deep, nested(inBody + 1)),
                        header("A-X12", "100,000 in a header", deep, nested(100_000)),
                        Stream.of(Row.of(
                                "A-X12",
                                "100,000 in the security header",
                                sec("sec.element"),
                                edge -> edge.post(
                                        Dialect.MODERN,
                                        SoapEnvelope.SOAP_11,
                                        utf8(
                                                edge,
                                                Payload.envelope(
                                                        SoapEnvelope.SOAP_11,
                                                        security(nested(100_000)),
                                                        Payload.order()))))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> numbers() {
        int most = LIMITS.children();
        int elements = LIMITS.elements();
        return Stream.of(
                        signed("A-X13", "limit", SCHEMA, replaced("4711", "<a/>".repeat(most))),
                        tooMuch(
                                "A-X13",
                                "limit and 1",
                                malformed("xml.children"),
                                replaced("4711", "<a/>".repeat(most + 1))),
                        large("A-X13", "60,000", malformed("xml.children"), replaced("4711", "<a/>".repeat(60_000))),
                        header(
                                "A-X13",
                                "60,000 headers",
                                malformed("soap.headers", "xml.children"),
                                "<a/>".repeat(60_000)),
                        // The envelope, the body and the outermost of them count.
                        large("A-X14", "limit", malformed("soap.operation"), spread(elements - 2)),
                        large("A-X14", "limit and 1", malformed("xml.elements"), spread(elements - 1)),
                        large("A-X14", "900,000", malformed("xml.elements"), spread(900_000)),
                        Stream.of(Row.of(
                                "A-X14",
                                "1,100,000 in more than 4 MiB",
                                http(413, "http.size"),
                                edge -> edge.post(
                                        Dialect.SANDBOX,
                                        SoapEnvelope.SOAP_11,
                                        Payload.utf8(Payload.envelope(spread(1_100_000)))))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> attributes() {
        int most = LIMITS.attributes();
        int value = LIMITS.valueLength();
        int name = LIMITS.nameLength();
        Expected many = malformed("xml.attrs");
        Expected size = malformed("xml.attrsize", "xml.limit");
        Expected longName = malformed("xml.name", "xml.limit");
        return Stream.of(
                        signed("A-X15", "limit", SCHEMA, on("o:order", numbered(most, " a#='1'"))),
                        tooMuch("A-X15", "limit and 1", many, on("o:order", numbered(most + 1, " a#='1'"))),
                        payload(
                                "A-X15",
                                "600",
                                malformed("xml.attrs", "xml.limit"),
                                on("o:order", numbered(600, " a#='1'"))),
                        large(
                                "A-X15",
                                "5,000 namespaces",
                                malformed("xml.attrs", "xml.limit"),
                                on("o:order", numbered(5_000, " xmlns:a#='urn:#'"))),
                        large(
                                "A-X15",
                                "30,000",
                                malformed("xml.attrs", "xml.limit"),
                                on("o:order", numbered(30_000, " a#='1'"))),
                        signed("A-X16", "limit", SCHEMA, on("o:order", " a='" + "x".repeat(value) + "'")),
                        tooMuch("A-X16", "limit and 1", size, on("o:order", " a='" + "x".repeat(value + 1) + "'")),
                        large("A-X16", "70 KB", size, on("o:order", " a='" + "{canary}".repeat(7_000) + "'")),
                        large("A-X16", "2 MB", size, on("o:order", " a='" + "{canary}".repeat(200_000) + "'")),
                        large(
                                "A-X16",
                                "namespace of 1 MB",
                                size,
                                on("o:order", " xmlns:a='urn:" + "{canary}".repeat(100_000) + "'")),
                        signed("A-X17", "limit", SCHEMA, replaced("4711", "<" + "n".repeat(name) + "/>")),
                        tooMuch("A-X17", "limit and 1", longName, replaced("4711", "<" + "n".repeat(name + 1) + "/>")),
                        large(
                                "A-X17",
                                "element of 2 MB",
                                longName,
                                replaced("4711", "<" + "{canary}".repeat(150_000) + "/>")),
                        large(
                                "A-X17",
                                "prefix of 64 KB",
                                malformed("xml.name", "xml.limit", "xml.syntax"),
                                replaced("4711", "<" + "{canary}".repeat(6_400) + ":a/>")),
                        large(
                                "A-X17",
                                "attribute of 1 MB",
                                longName,
                                on("o:order", " " + "{canary}".repeat(100_000) + "='1'")),
                        large(
                                "A-X17",
                                "end tag of 1 MB",
                                malformed("xml.syntax", "xml.limit"),
                                replaced("4711", "<a></" + "{canary}".repeat(100_000) + ">")))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> texts() {
        int most = LIMITS.textLength();
        Expected text = malformed("xml.text", "xml.limit");
        return Stream.of(
                        signed("A-X18", "limit", SCHEMA, replaced("4711", "x".repeat(most))),
                        tooMuch("A-X18", "limit and 1", text, replaced("4711", "x".repeat(most + 1))),
                        large("A-X18", "1 MB", text, replaced("4711", "{canary}".repeat(100_000))),
                        large("A-X18", "2.5 MB of blanks", text, replaced("4711", " ".repeat(2_500_000))),
                        large(
                                "A-X18",
                                "2 MB in CDATA",
                                text,
                                replaced("4711", "<![CDATA[" + "{canary}".repeat(200_000) + "]]>")),
                        payload(
                                "A-X18",
                                "in pieces between comments",
                                text,
                                replaced("4711", ("x".repeat(99) + "<!---->").repeat(200))),
                        large("A-X18", "100,000 character references", text, replaced("4711", "&#65;".repeat(100_000))),
                        large(
                                "A-X19",
                                "comment of 2 MB",
                                malformed("xml.comment", "xml.limit"),
                                replaced("4711", "<!--" + "{canary}".repeat(200_000) + "-->")),
                        large(
                                "A-X19",
                                "130,000 comments",
                                malformed("xml.comment"),
                                replaced("4711", "<!---->".repeat(130_000))),
                        large(
                                "A-X19",
                                "100,000 instructions",
                                malformed("xml.pi"),
                                replaced("4711", "<?a b?>".repeat(100_000))),
                        message(
                                "A-X19",
                                "instruction in the prolog",
                                malformed("xml.pi"),
                                edge -> utf8(edge, "<?xml-stylesheet href='http://{trap}/'?>" + order())),
                        message(
                                "A-X19",
                                "3 MB of blanks after the envelope",
                                served(),
                                edge -> utf8(edge, order() + " ".repeat(3_000_000))),
                        message(
                                "A-X19",
                                "3 MB of blanks before it",
                                served(),
                                edge -> utf8(edge, " ".repeat(2_900_000) + order())),
                        message(
                                "A-X19",
                                "5 MB of blanks after it",
                                http(413, "http.size"),
                                edge -> utf8(edge, order() + " ".repeat(5_000_000))))
                .flatMap(rows -> rows);
    }

    /** "Aa" and "BB" have one {@code String.hashCode}. */
    private static Stream<Row> collisions() {
        return Stream.of(
                        large(
                                "A-X20",
                                "45,000 names of one hash",
                                malformed("xml.names", "xml.children"),
                                Payload.operation("o:createOrder", colliding(45_000, "<#/>"))),
                        large(
                                "A-X20",
                                "45,000 attributes' names",
                                malformed("xml.names", "xml.attrs", "xml.limit"),
                                Payload.operation("o:createOrder", colliding(45_000, "<a #='1'/>"))),
                        payload(
                                "A-X21",
                                "490 attributes' names",
                                malformed("xml.attrs", "xml.limit"),
                                on("o:order", colliding(490, " #='1'"))),
                        payload(
                                "A-X21",
                                "490 namespaces",
                                malformed("xml.attrs", "xml.limit"),
                                on("o:order", numbered(490, " xmlns:a#='urn:AaBB#'"))),
                        payload(
                                "A-X21",
                                "490 ids",
                                SCHEMA,
                                replaced(
                                        "4711",
                                        colliding(
                                                490,
                                                "<a xmlns:u='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd' u:Id='#'/>"))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> ends() {
        Expected eof = malformed("xml.eof");
        return Stream.of(
                        cutAt("in a value", eof, "4711"),
                        cutAt("after the body", eof, "</s:Envelope>"),
                        cutAt("in the last tag", malformed("xml.eof", "xml.syntax"), "velope>"),
                        cutAt("in the body's end", malformed("xml.eof", "xml.syntax"), "ody></s:Env"),
                        message(
                                "A-X22",
                                "text after the body",
                                malformed("soap.shape"),
                                edge -> utf8(edge, order().replace("</s:Body>", "</s:Body>{canary}"))),
                        message(
                                "A-X22",
                                "not closed as it was opened",
                                malformed("xml.syntax"),
                                edge -> utf8(edge, order().replace("</s:Body>", "</s:Bodi>"))),
                        message(
                                "A-X23",
                                "second envelope",
                                malformed("xml.trailing"),
                                edge -> utf8(edge, order() + order())),
                        message("A-X23", "text", malformed("xml.trailing"), edge -> utf8(edge, order() + "{canary}")),
                        message(
                                "A-X23",
                                "NUL",
                                malformed("xml.trailing", "xml.char"),
                                edge -> utf8(edge, order() + "\u0000")),
                        message("A-X28", "nothing", malformed("xml.prolog"), edge -> new byte[0]),
                        message("A-X28", "hello", malformed("xml.prolog"), edge -> utf8(edge, "hello {canary}")),
                        message("A-X28", "byte order mark", malformed("xml.prolog"), edge -> utf8(edge, "\uFEFF")),
                        message("A-X28", "blanks", malformed("xml.prolog"), edge -> utf8(edge, " \n ")),
                        message(
                                "A-X28",
                                "ZIP",
                                malformed("xml.prolog", "xml.char"),
                                edge -> HexFormat.of().parseHex("504B0304140000000800F4A1")),
                        message(
                                "A-X28",
                                "PNG",
                                malformed("xml.prolog", "xml.char"),
                                edge -> HexFormat.of().parseHex("89504E470D0A1A0A0000000D")),
                        message(
                                "A-X28",
                                "JSON",
                                malformed("xml.prolog"),
                                edge -> utf8(edge, "{\"order\":\"{canary}\"}")),
                        message(
                                "A-X28",
                                "one comment",
                                malformed("xml.prolog"),
                                edge -> utf8(edge, "<!-- {canary} -->")))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> cutAt(String name, Expected expected, String end) {
        return message("A-X22", name, expected, edge -> {
            String order = edge.fill(order());
            return Payload.utf8(order.substring(0, order.indexOf(end)));
        });
    }

    private static Stream<Row> shapes() {
        Expected shape = malformed("soap.shape");
        String open = "<s:Envelope xmlns:s='" + Payload.SOAP11 + "'>";
        String body = "<s:Body>" + Payload.order() + "</s:Body>";
        String evil = "<s:Body>" + Payload.HARMLESS + "</s:Body>";
        String close = "</s:Envelope>";
        return Stream.of(
                        whole("A-X24", "evil first", shape, open + evil + body + close),
                        whole("A-X24", "evil last", shape, open + body + evil + close),
                        whole("A-X24", "one in the other", shape, open + "<s:Body>" + body + "</s:Body>" + close),
                        payload("A-X25", "two operations", shape, Payload.order() + Payload.order()),
                        payload(
                                "A-X25",
                                "an operation and a fault",
                                shape,
                                Payload.order() + "<s:Fault xmlns:s='" + Payload.SOAP11 + "'/>"),
                        whole("A-X26", "header after the body", shape, open + body + "<s:Header/>" + close),
                        whole("A-X26", "two headers", shape, open + "<s:Header/><s:Header/>" + body + close),
                        whole("A-X26", "something between", shape, open + "<s:Header/><a/>" + body + close),
                        whole("A-X26", "text between", shape, open + "<s:Header/>{canary}" + body + close),
                        whole(
                                "A-X26",
                                "text in the header",
                                shape,
                                open + "<s:Header>{canary}</s:Header>" + body + close),
                        whole("A-X26", "something after", shape, open + body + "<a/>" + close),
                        whole(
                                "A-X26",
                                "another root",
                                shape,
                                "<s:Envelop xmlns:s='" + Payload.SOAP11 + "'>" + body + "</s:Envelop>"),
                        whole("A-X27", "no body", shape, open + "<s:Header/>" + close),
                        whole("A-X27", "nothing", shape, open + close),
                        payload("A-X27", "empty body", shape, ""),
                        payload("A-X27", "a comment", shape, "<!-- {canary} -->"),
                        payload("A-X27", "a text", shape, "{canary}"),
                        payload("A-X27", "an instruction", malformed("xml.pi"), "<?a b?>"),
                        whole(
                                "A-X29",
                                "unknown namespace",
                                Expected.version(),
                                open.replace(Payload.SOAP11, "urn:{canary}") + body + close),
                        whole("A-X29", "no namespace", Expected.version(), "<Envelope><Body/></Envelope>"),
                        whole(
                                "A-X30",
                                "1.2 at a 1.1 address",
                                Expected.version(),
                                Payload.envelope(SoapEnvelope.SOAP_12, "", Payload.order())),
                        Stream.of(Row.of(
                                "A-X30",
                                "1.1 at a 1.2 address",
                                Expected.version(),
                                edge -> edge.post(Dialect.SANDBOX, SoapEnvelope.SOAP_12, utf8(edge, order())))),
                        whole(
                                "A-X30",
                                "a body of the other version",
                                malformed("soap.shape"),
                                open + "<b:Body xmlns:b='" + Payload.SOAP12 + "'>" + Payload.order() + "</b:Body>"
                                        + close))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> whole(String id, String name, Expected expected, String text) {
        return message(id, name, expected, edge -> utf8(edge, text));
    }

    private static Stream<Row> schema() {
        String include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='%s' parse='text'/>";
        return Stream.of(
                        invalid("A-X31", "file", replaced("4711", include.formatted("file:///etc/passwd"))),
                        invalid("A-X31", "trap", replaced("4711", include.formatted("http://{trap}/"))),
                        signed(
                                "A-X32",
                                "schemaLocation",
                                served(),
                                on(
                                        "o:createOrder",
                                        XSI + " xsi:schemaLocation='urn:crmgateway:order:v1 http://{trap}/x.xsd'")),
                        signed(
                                "A-X32",
                                "noNamespaceSchemaLocation",
                                served(),
                                on("o:createOrder", XSI + " xsi:noNamespaceSchemaLocation='http://{trap}/x.xsd'")),
                        invalid("A-X33", "undeclared", on("o:order", XSI + " xsi:type='o:{canary}'")),
                        invalid("A-X33", "undeclared prefix", on("o:order", XSI + " xsi:type='{canary}:a'")),
                        invalid("A-X33", "of another message", on("o:order", XSI + " xsi:type='o:GetOrderRequest'")),
                        invalid(
                                "A-X33",
                                "of a simple type",
                                on("o:order", XSI + " xmlns:x='http://www.w3.org/2001/XMLSchema' xsi:type='x:string'")),
                        invalid("A-X33", "java:", on("o:order", XSI + " xsi:type='java:java.util.HashMap'")),
                        invalid(
                                "A-X33",
                                "of the operation",
                                on("o:createOrder", XSI + " xsi:type='o:GetOrderRequest'")),
                        invalid(
                                "A-X34",
                                "required",
                                Payload.operation("o:createOrder", "<o:order" + XSI + " xsi:nil='true'/>")),
                        invalid("A-X34", "with content", on("o:order", XSI + " xsi:nil='true'")),
                        invalid("A-X34", "not a boolean", on("o:order", XSI + " xsi:nil='{canary}'")),
                        invalid(
                                "A-X35",
                                "array",
                                on(
                                        "o:lines",
                                        " xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' e:arrayType='xsd:string[1000000000]'")),
                        invalid("A-X38", "href", Payload.operation("o:createOrder", "<o:order href='#1'/>")),
                        invalid("A-X38", "rpc", Payload.operation("o:createOrder", "<order>{canary}</order>")))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> headers() {
        Expected unknown = fault(Code.MALFORMED_MESSAGE);
        String must = "<a:b xmlns:a='urn:{canary}' s:mustUnderstand='%s'%s/>";
        String block = "<a:b xmlns:a='urn:{canary}'/>";
        return Stream.of(
                        header("A-X36", "1", unknown, must.formatted("1", "")),
                        header(
                                "A-X36",
                                "next",
                                unknown,
                                must.formatted("1", " s:actor='http://schemas.xmlsoap.org/soap/actor/next'")),
                        header("A-X36", "empty actor", unknown, must.formatted("1", " s:actor=''")),
                        header("A-X36", "someone else", served(), must.formatted("1", " s:actor='urn:other'")),
                        header("A-X36", "0", served(), must.formatted("0", "")),
                        Stream.of(
                                header12("true", unknown, must.formatted("true", "")),
                                header12(
                                        "ultimate receiver",
                                        unknown,
                                        must.formatted(
                                                "true",
                                                " s:role='http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver'")),
                                header12(
                                        "nobody",
                                        served(),
                                        must.formatted(
                                                "true",
                                                " s:role='http://www.w3.org/2003/05/soap-envelope/role/none'"))),
                        header("A-X37", "limit", served(), block.repeat(LIMITS.headers())),
                        header("A-X37", "limit and 1", malformed("soap.headers"), block.repeat(LIMITS.headers() + 1)),
                        header("A-X37", "500", malformed("soap.headers"), block.repeat(500)),
                        whole(
                                "A-X38",
                                "encodingStyle of the body",
                                malformed("soap.enc"),
                                order().replace(
                                                "<s:Body>",
                                                "<s:Body s:encodingStyle='http://schemas.xmlsoap.org/soap/encoding/'>")),
                        whole(
                                "A-X38",
                                "encodingStyle of the payload",
                                malformed("soap.enc"),
                                order().replace("<o:createOrder", "<o:createOrder s:encodingStyle=''")))
                .flatMap(rows -> rows);
    }

    private static Row header12(String name, Expected expected, String block) {
        return Row.of(
                "A-X36",
                name,
                expected,
                edge -> edge.post(
                        Dialect.SANDBOX,
                        SoapEnvelope.SOAP_12,
                        utf8(edge, Payload.envelope(SoapEnvelope.SOAP_12, block, Payload.order()))));
    }

    /** In a header nothing is encrypted; it is the same in clear everywhere. */
    private static Stream<Row> header(String id, String name, Expected expected, String block) {
        return message(
                id, name, expected, edge -> utf8(edge, Payload.envelope(SoapEnvelope.SOAP_11, block, Payload.order())));
    }

    private static String security(String content) {
        return "<w:Security xmlns:w='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'"
                + " xmlns:u='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'>"
                + "<u:Timestamp>" + content + "</u:Timestamp></w:Security>";
    }

    private static String order() {
        return Payload.envelope(Payload.order());
    }

    private static String replaced(String what, String with) {
        return Payload.order().replace(what, with);
    }

    /** The order with more attributes on one of its elements. */
    private static String on(String element, String attributes) {
        return Payload.order().replaceFirst("<" + element, "<" + element + attributes);
    }

    private static String nested(int depth) {
        return "<a>".repeat(depth) + "</a>".repeat(depth);
    }

    /** So many elements, in families of a thousand. */
    private static String spread(int elements) {
        int families = elements / 1_000;
        int rest = elements - 1 - families * 1_000;
        return "<a>" + ("<a>" + "<a/>".repeat(999) + "</a>").repeat(families) + "<a/>".repeat(Math.max(rest, 0))
                + "</a>";
    }

    private static String numbered(int count, String template) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(template.replace("#", Integer.toString(i)));
        }
        return text.toString();
    }

    private static String colliding(int count, String template) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append(template.replace("#", name));
        }
        return text.toString();
    }

    private static byte[] utf8(Edge edge, String text) {
        return Payload.utf8(edge.fill(text));
    }
}
