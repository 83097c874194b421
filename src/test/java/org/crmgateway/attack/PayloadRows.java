package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.fault;
import static org.crmgateway.attack.Expected.malformed;
import static org.crmgateway.attack.Expected.served;
import static org.crmgateway.attack.Forms.invalid;
import static org.crmgateway.attack.Forms.large;
import static org.crmgateway.attack.Forms.signed;
import static org.crmgateway.attack.Forms.tooMuch;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;

/** What is well-formed and still wrong (A-D). */
final class PayloadRows {
    private static final Expected RULE = fault(Code.RULE_VIOLATION);

    private PayloadRows() {}

    static Stream<Row> rows() {
        return Stream.of(structure(), numbers(), dates(), lines(), searches(), readOnly())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> structure() {
        return Stream.of(
                        signed(
                                "A-D01",
                                "40 characters",
                                served(),
                                replaced("A-{n}", "{canary}{n}".concat("x".repeat(24)))),
                        invalid("A-D01", "41 characters", replaced("A-{n}", "{canary}" + "x".repeat(31))),
                        invalid("A-D01", "empty", replaced("A-{n}", "")),
                        invalid("A-D01", "blanks around", replaced("A-{n}", " {canary} ")),
                        invalid("A-D01", "description of 121", replaced("{canary}", "{canary}" + "x".repeat(111))),
                        invalid("A-D02", "no order", Payload.operation("o:createOrder", "")),
                        invalid("A-D02", "no line number", replaced("<o:lineNumber>1</o:lineNumber>", "")),
                        signed(
                                "A-D02",
                                "no customer",
                                RULE,
                                replaced("<o:customer><c:externalId>ATTACKED</c:externalId></o:customer>", "")),
                        signed("A-D02", "no date", RULE, replaced("<o:orderDate>2026-03-02</o:orderDate>", "")),
                        invalid("A-D03", "extra element", replaced("<o:item>", "<o:{canary}>1</o:{canary}><o:item>")),
                        invalid("A-D03", "extra at the end", replaced("</o:order>", "<o:{canary}/></o:order>")),
                        invalid(
                                "A-D03",
                                "wrong order",
                                replaced(
                                        "<o:item>4711</o:item><o:description>{canary}</o:description>",
                                        "<o:description>{canary}</o:description><o:item>4711</o:item>")),
                        invalid(
                                "A-D03",
                                "twice",
                                replaced("<o:item>4711</o:item>", "<o:item>4711</o:item><o:item>{canary}</o:item>")),
                        invalid(
                                "A-D03",
                                "wrong namespace",
                                replaced("<o:item>4711</o:item>", "<c:item>{canary}</c:item>")),
                        invalid("A-D03", "no namespace", replaced("<o:item>4711</o:item>", "<item>{canary}</item>")),
                        invalid("A-D03", "unknown attribute", replaced("<o:item>", "<o:item {canary}='1'>")),
                        invalid("A-D03", "text between", replaced("<o:lines>", "{canary}<o:lines>")),
                        invalid("A-D03", "element in a text", replaced("4711", "47<b>11</b>")),
                        invalid(
                                "A-D03",
                                "status of another list",
                                replaced("<o:lines>", "<o:status>{canary}</o:status><o:lines>")))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> numbers() {
        Expected text = malformed("xml.text", "xml.limit");
        return Stream.concat(
                Stream.of(
                                "abc",
                                "1,5",
                                "٣",
                                " 1 2 ",
                                "",
                                "0x10",
                                "1e999999999",
                                "1E-2147483647",
                                "NaN",
                                "INF",
                                "-INF",
                                "--1",
                                "1.",
                                ".5",
                                "-1",
                                "-0",
                                "9223372036854775808",
                                "1." + "0".repeat(30),
                                "1.00001",
                                "{canary}",
                                "1".repeat(15),
                                "1_000",
                                "１")
                        .flatMap(number -> invalid(
                                number.length() > 12 || number.contains("E") || number.contains("e9")
                                        ? "A-D08"
                                        : "A-D04",
                                "quantity " + number,
                                quantity(number))),
                Stream.of(
                                tooMuch("A-D05", "1,000,000 digits", text, quantity("1".repeat(1_000_000)))
                                        .filter(row -> !row.variant().endsWith("1.2")),
                                tooMuch("A-D06", "300,000 digits", text, quantity("1".repeat(300_000)))
                                        .filter(row -> !row.variant().endsWith("1.2")),
                                invalid("A-D06", "16,000 digits", quantity("1".repeat(16_000))),
                                invalid("A-D06", "4,096 digits", quantity("1".repeat(4_096))),
                                invalid("A-D06", "4,097 digits", quantity("1".repeat(4_097))),
                                invalid("A-D07", "1e999999999", quantity("1e999999999")),
                                invalid("A-D07", "price NaN", price("NaN")),
                                invalid("A-D07", "price 1E-2147483647", price("1E-2147483647")),
                                signed("A-D07", "+5", served(), quantity("+5")),
                                signed("A-D07", "price -0", served(), price("-0")),
                                signed("A-D08", "0", RULE, quantity("0")),
                                signed("A-D08", "2^31", served(), quantity("2147483648")),
                                signed(
                                        "A-D08",
                                        "product too large",
                                        RULE,
                                        quantity("99999999999999").replace(">1.00<", ">99999999999999<")),
                                signed("A-D08", "4 decimals", served(), quantity("1.0001")),
                                invalid("A-D08", "5 decimals", price("1.00001")),
                                invalid(
                                        "A-D08",
                                        "version 2^31",
                                        replaced(
                                                "<o:customer>",
                                                "<o:expectedVersion>2147483648</o:expectedVersion><o:customer>")))
                        .flatMap(rows -> rows));
    }

    private static Stream<Row> dates() {
        return Stream.of(
                        Stream.of(
                                        "12026-03-02",
                                        "2026-02-30",
                                        "2026-13-01",
                                        "2026-03-02Z",
                                        "2026-03-02+14:00",
                                        "-2026-03-02",
                                        "02.03.2026",
                                        "2026-3-2",
                                        "0000-01-01",
                                        "{canary}",
                                        "2026-03-02T00:00:00Z")
                                .flatMap(date -> invalid("A-D09", date, replaced("2026-03-02", date))),
                        Stream.of("9999-12-31", "0001-01-01", "1582-10-10", "2026-03-29", "2024-02-29")
                                .flatMap(date -> signed("A-D09", date, served(), replaced("2026-03-02", date))),
                        Stream.of(
                                        "2026-03-02T24:00:00Z",
                                        "2026-03-02T23:59:60Z",
                                        "2026-03-02T10:00:00",
                                        "2026-03-02T10:00:00z",
                                        "2026-03-02T10:00:00+15:00",
                                        "12026-03-02T10:00:00Z",
                                        "2026-03-02T10:00:00.1234567890Z",
                                        "2026-03-02 10:00:00Z")
                                .flatMap(time -> invalid("A-D09", time, since(time))),
                        Stream.of(
                                        "2026-03-02T10:00:00+14:00",
                                        "2026-03-02T10:00:00-14:00",
                                        "2026-03-02T10:00:00.123456789Z",
                                        "9999-12-31T23:59:59Z",
                                        "0001-01-01T00:00:00Z")
                                .flatMap(time -> signed("A-D09", time, served(), since(time))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> lines() {
        return Stream.of(
                        large("A-D16", "1,000 lines", served(), lines(1_000)),
                        large("A-D16", "1,001 lines", fault(Code.SCHEMA_VIOLATION), lines(1_001)),
                        signed("A-D16", "no line", RULE, Payload.createOrder("<o:externalId>A-{n}</o:externalId>", "")),
                        signed(
                                "A-D16",
                                "one number twice",
                                RULE,
                                Payload.createOrder("<o:externalId>A-{n}</o:externalId>", line(1) + line(1))),
                        invalid(
                                "A-D16",
                                "number 0",
                                Payload.createOrder("<o:externalId>A-{n}</o:externalId>", line(0))),
                        invalid(
                                "A-D16",
                                "number 1000000",
                                Payload.createOrder("<o:externalId>A-{n}</o:externalId>", line(1_000_000))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> searches() {
        Expected cursor = fault(Code.CURSOR_INVALID);
        return Stream.of(
                        Stream.of("0", "-1", "201", "1000000000", "{canary}", "")
                                .flatMap(size -> invalid(
                                        "A-D17",
                                        "page of " + size,
                                        Payload.operation("o:searchOrders", "<o:pageSize>" + size + "</o:pageSize>"))),
                        Stream.of("forged", "x".repeat(200), "AAAA.BBBB", "KanarieQ7f")
                                .flatMap(token -> signed(
                                        "A-D17",
                                        "cursor " + token,
                                        cursor,
                                        Payload.operation("o:searchOrders", "<o:cursor>" + token + "</o:cursor>"))),
                        Stream.of("x".repeat(201), "a b", "{canary}'--", "../../x")
                                .flatMap(token -> invalid(
                                        "A-D17",
                                        "cursor " + token,
                                        Payload.operation("o:searchOrders", "<o:cursor>" + token + "</o:cursor>"))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> readOnly() {
        return Stream.of(
                        signed(
                                "A-D18",
                                "id",
                                RULE,
                                replaced("<o:externalId>A-{n}", "<o:id>O1</o:id><o:externalId>A-{n}")),
                        signed(
                                "A-D18",
                                "expectedVersion",
                                RULE,
                                replaced("<o:customer>", "<o:expectedVersion>1</o:expectedVersion><o:customer>")),
                        invalid("A-D18", "version", replaced("<o:customer>", "<o:version>9</o:version><o:customer>")),
                        invalid(
                                "A-D18",
                                "createdAt",
                                replaced(
                                        "<o:customer>", "<o:createdAt>2020-01-01T00:00:00Z</o:createdAt><o:customer>")),
                        invalid(
                                "A-D18",
                                "tenant",
                                replaced("<o:customer>", "<o:tenant>{canary}</o:tenant><o:customer>")),
                        invalid(
                                "A-D18",
                                "status CLOSED",
                                replaced("<o:lines>", "<o:status>CLOSED</o:status><o:lines>")),
                        invalid(
                                "A-D18",
                                "id in lower case",
                                replaced("<o:externalId>A-{n}", "<o:id>{canary}</o:id><o:externalId>A-{n}")))
                .flatMap(rows -> rows);
    }

    private static String since(String time) {
        return Payload.operation(
                "o:searchOrders", "<o:filter><o:changedSince>" + time + "</o:changedSince></o:filter>");
    }

    private static String quantity(String number) {
        return Payload.order("<o:quantity>" + number + "</o:quantity>");
    }

    private static String price(String number) {
        return Payload.order().replace("<o:unitPrice>1.00<", "<o:unitPrice>" + number + "<");
    }

    private static String lines(int count) {
        StringBuilder lines = new StringBuilder();
        IntStream.rangeClosed(1, count).mapToObj(PayloadRows::line).forEach(lines::append);
        return Payload.createOrder("<o:externalId>A-{n}</o:externalId>", lines.toString());
    }

    private static String line(int number) {
        return "<o:line><o:lineNumber>" + number + "</o:lineNumber><o:item>1</o:item><o:quantity>1</o:quantity>"
                + "<o:unit>C62</o:unit><o:unitPrice>1</o:unitPrice></o:line>";
    }

    private static String replaced(String what, String with) {
        return Payload.order().replace(what, with);
    }
}
