package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.cut;
import static org.crmgateway.attack.Expected.fault;
import static org.crmgateway.attack.Expected.http;
import static org.crmgateway.attack.Expected.page;
import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.crmgateway.failure.Code;
import org.crmgateway.wire.SoapEnvelope;

/** HTTP and connections (A-T), as bytes on a socket. */
final class HttpRows {
    private static final String ORDER = "/services/order/v1/sandbox";
    private static final String ORDER12 = ORDER + "-soap12";
    private static final String XML = "Content-Type: text/xml; charset=utf-8\r\n";
    private static final int LARGEST = 4 << 20;

    private HttpRows() {}

    static Stream<Row> rows() {
        return Stream.of(methods(), contentTypes(), sizes(), framing(), heads(), paths(), actions())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> methods() {
        Expected refused = http(405, "http.method");
        return Stream.of(
                        Stream.of(
                                get("A-T01", ORDER, refused),
                                get("A-T01", ORDER + "?orderRef={canary}", refused),
                                get("A-T02", ORDER + "?wsdl", page()),
                                get("A-T02", "/contract/order.html", page()),
                                raw(
                                        "A-T03",
                                        "Host of someone else",
                                        page(),
                                        "GET " + ORDER
                                                + "?wsdl HTTP/1.1\r\nHost: {canary}.example:99\r\nConnection: close\r\n\r\n"),
                                get("A-T04", ORDER + "?wsdl=file:///etc/{canary}", http(404, "http.query")),
                                get("A-T04", ORDER + "?xsd=../../../../etc/{canary}", http(404, "http.query")),
                                get("A-T04", ORDER + "?wsdl=http://{trap}/", http(404, "http.query")),
                                get("A-T04", ORDER + "?WSDL=1", http(404, "http.query")),
                                raw(
                                        "A-T06",
                                        "TRACE with a secret",
                                        refused,
                                        request("TRACE", ORDER, "Authorization: {canary}\r\n", ""))),
                        Stream.of("PUT", "DELETE", "PATCH", "PROPFIND", "OPTIONS", "HEAD", "{canary}")
                                .map(method -> raw("A-T05", method, refused, request(method, ORDER, XML, ""))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> contentTypes() {
        Expected refused = http(415, "http.ctype");
        return Stream.of(
                        Stream.of(typed("A-T07", "none", "", refused)),
                        Stream.of(
                                        "application/json",
                                        "text/plain",
                                        "application/x-www-form-urlencoded",
                                        "multipart/form-data; boundary=x",
                                        "application/xml",
                                        "text/xml, application/json",
                                        "*/*",
                                        "text/xml\r\nContent-Type: text/plain")
                                .map(type -> typed("A-T08", type, type, refused)),
                        Stream.of("utf-7", "nope", "iso-8859-1", "utf-32", "{canary}", "utf-8;charset=utf-7", "\"utf-8")
                                .map(charset -> typed("A-T09", charset, "text/xml; charset=" + charset, refused)),
                        Stream.of(
                                Row.of(
                                        "A-T09",
                                        "utf-16 is utf-16",
                                        served(),
                                        edge -> Edge.post(
                                                ORDER,
                                                SoapEnvelope.SOAP_11,
                                                "Content-Type: text/xml; charset=utf-16\r\n",
                                                Payload.envelope(edge.fill(Payload.order()))
                                                        .getBytes(StandardCharsets.UTF_16))),
                                Row.of(
                                        "A-T10",
                                        "1.1 type at a 1.2 address",
                                        refused,
                                        edge -> Edge.post(ORDER12, SoapEnvelope.SOAP_12, XML, order(edge))),
                                Row.of(
                                        "A-T10",
                                        "1.2 type at a 1.1 address",
                                        refused,
                                        edge -> Edge.post(
                                                ORDER,
                                                SoapEnvelope.SOAP_11,
                                                "Content-Type: application/soap+xml; charset=utf-8\r\n",
                                                order(edge)))),
                        Stream.of("gzip", "deflate", "br", "gzip, gzip", "identity, gzip", "{canary}")
                                .map(coding -> Row.of(
                                        "A-T11",
                                        coding,
                                        http(415, "http.encoding"),
                                        edge -> Edge.post(
                                                ORDER,
                                                SoapEnvelope.SOAP_11,
                                                edge.fill(XML + "Content-Encoding: " + coding + "\r\n"),
                                                gzip(order(edge))))),
                        Stream.of(Row.of(
                                "A-T12",
                                "bomb of 64 MiB",
                                http(415, "http.encoding"),
                                edge -> Edge.post(
                                        ORDER,
                                        SoapEnvelope.SOAP_11,
                                        XML + "Content-Encoding: gzip\r\n",
                                        gzip(new byte[64 << 20])))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> sizes() {
        Expected refused = http(413, "http.size");
        return Stream.of(
                Row.of("A-T13", "4 MiB", served(), edge -> Edge.post(ORDER, SoapEnvelope.SOAP_11, XML, large(edge, 0))),
                Row.of(
                        "A-T13",
                        "4 MiB and 1",
                        refused,
                        edge -> Edge.post(ORDER, SoapEnvelope.SOAP_11, XML, large(edge, 1))),
                Row.of("A-T14", "4 MiB in chunks", served(), edge -> chunked(large(edge, 0))),
                Row.of("A-T14", "4 MiB and 1 in chunks", refused, edge -> chunked(large(edge, 1))),
                raw(
                        "A-T15",
                        "10 GB announced, 200 bytes sent",
                        refused,
                        request("POST", ORDER, XML + "Content-Length: 10000000000\r\n", "{canary}".repeat(20))));
    }

    private static Stream<Row> framing() {
        Expected refused = http(400, "http.malformed");
        Expected body = http(400, "http.body").or(http(400, "http.malformed")).or(cut());
        String post = "POST " + ORDER + " HTTP/1.1\r\nHost: localhost\r\n" + XML;
        String chunked = post + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                raw("A-T16", "two lengths", refused, post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n<a/>x"),
                raw("A-T16", "two lengths in one", refused, post + "Content-Length: 4, 5\r\n\r\n<a/>x"),
                raw(
                        "A-T17",
                        "length and chunks",
                        refused,
                        post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                raw(
                        "A-T17",
                        "chunks and length",
                        refused,
                        post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
                raw("A-T18", "xchunked", refused, post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                raw(
                        "A-T18",
                        "chunked, identity",
                        refused,
                        post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                raw("A-T18", "tab", refused, post + "Transfer-Encoding:\tx\tchunked\r\n\r\n0\r\n\r\n"),
                raw(
                        "A-T18",
                        "twice",
                        refused,
                        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
                raw("A-T19", "size ZZZ", body, chunked + "ZZZ\r\n{canary}"),
                raw("A-T19", "size -1", body, chunked + "-1\r\n{canary}"),
                raw("A-T19", "size of 17 digits", body, chunked + "10000000000000000\r\n{canary}"),
                raw("A-T19", "more than the size", body, chunked + "4\r\n<a/>ZZ{canary}"),
                raw(
                        "A-T19",
                        "extension of 1 MB",
                        body,
                        chunked + "4;" + "{canary}".repeat(100_000) + "\r\n<a/>\r\n0\r\n\r\n"),
                Row.of(
                        "A-T19",
                        "no last chunk",
                        body,
                        edge -> Shot.of(edge.fill(chunked + "4\r\n<a/>\r\n")).brokenOff()),
                Row.of("A-T19", "whole message, no last chunk", body, edge -> {
                    String message = new String(order(edge), StandardCharsets.US_ASCII);
                    return Shot.of(chunked + Integer.toHexString(message.length()) + "\r\n" + message + "\r\n")
                            .brokenOff();
                }),
                raw("A-T20", "-1", refused, post + "Content-Length: -1\r\n\r\n"),
                raw("A-T20", "2^64", refused, post + "Content-Length: 18446744073709551616\r\n\r\n"),
                raw("A-T20", "+4", refused, post + "Content-Length: +4\r\n\r\n<a/>"),
                raw("A-T20", "0x4", refused, post + "Content-Length: 0x4\r\n\r\n<a/>"));
    }

    private static Stream<Row> heads() {
        Expected refused = http(400, "http.malformed");
        Expected tooLarge = http(431, "http.header");
        String start = "GET " + ORDER + " HTTP/1.1\r\n";
        String get = start + "Host: localhost\r\n";
        return Stream.of(
                raw("A-T21", "no Host", refused, start + "\r\n"),
                raw("A-T21", "two Hosts", refused, get + "Host: b\r\n\r\n"),
                raw("A-T21", "Host that is none", refused, start + "Host: a b\r\n\r\n"),
                raw("A-T22", "9 KB", tooLarge, get + "X: " + "{canary}".repeat(920) + "\r\n\r\n"),
                raw("A-T22", "1,000 fields", tooLarge, get + "X-{canary}: a\r\n".repeat(1_000) + "\r\n"),
                raw("A-T22", "cookie of 1 MB", tooLarge, get + "Cookie: " + "{canary}".repeat(100_000) + "\r\n\r\n"),
                raw(
                        "A-T22",
                        "address of 9 KB",
                        http(414, "http.uri").or(tooLarge),
                        "GET /" + "{canary}".repeat(920) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                raw("A-T23", "space before colon", refused, get + "X : {canary}\r\n\r\n"),
                raw("A-T23", "folded", refused, get + "X: a\r\n {canary}\r\n\r\n"),
                raw("A-T23", "NUL", refused, get + "X: {canary}\u0000b\r\n\r\n"),
                raw("A-T23", "NUL in a name", refused, get + "X\u0000{canary}: b\r\n\r\n"),
                raw("A-T23", "CR alone", refused, get + "X: {canary}\rb\r\n\r\n"),
                raw("A-T24", "LF alone", refused, "GET " + ORDER + " HTTP/1.1\nHost: localhost\n\n"),
                raw("A-T24", "LF alone after a field", refused, get + "X: {canary}\n\r\n"),
                raw(
                        "A-T25",
                        "HTTP/0.9",
                        http(400, "http.malformed").or(http(505, "http.version")),
                        "GET " + ORDER + "\r\n\r\n"),
                raw("A-T25", "HTTP/1.0", http(405, "http.method"), "GET " + ORDER + " HTTP/1.0\r\n\r\n"),
                raw("A-T25", "HTTP/3.7", http(505, "http.version").or(refused), "GET " + ORDER + " HTTP/3.7\r\n\r\n"),
                raw(
                        "A-T25",
                        "preface of HTTP/2",
                        http(505, "http.version").or(http(426, "http.version")).or(refused),
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                raw(
                        "A-T25",
                        "TLS",
                        refused.or(cut()),
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"),
                raw("A-T35", "no method", refused, "{canary}\r\n\r\n"),
                raw("A-T35", "no address", http(505, "http.version"), "GET  HTTP/1.1\r\nHost: a\r\n\r\n"),
                raw("A-T35", "bad escape", refused, "GET /%zz{canary} HTTP/1.1\r\nHost: a\r\n\r\n"),
                raw(
                        "A-T35",
                        "unknown expectation",
                        http(417, "http.expect"),
                        request("POST", ORDER, XML + "Expect: {canary}\r\nContent-Length: 0\r\n", "")),
                Row.of(
                        "A-T36",
                        "another's address",
                        sec("sandbox.peer"),
                        edge -> Edge.post(
                                ORDER,
                                SoapEnvelope.SOAP_11,
                                edge.fill(XML + "X-Forwarded-For: {canary}\r\n"),
                                order(edge))),
                Row.of(
                        "A-T36",
                        "another's address, standard",
                        sec("sandbox.peer"),
                        edge -> Edge.post(
                                ORDER,
                                SoapEnvelope.SOAP_11,
                                edge.fill(XML + "Forwarded: for={canary}\r\n"),
                                order(edge))),
                Row.of(
                        "A-T36",
                        "another's address, secured",
                        sec("sec.none"),
                        edge -> Edge.post(
                                "/services/order/v1/modern",
                                SoapEnvelope.SOAP_11,
                                edge.fill(XML + "X-Forwarded-For: {canary}\r\n"),
                                order(edge))));
    }

    private static Stream<Row> paths() {
        Expected unknown = http(404, "http.path").or(http(400, "http.malformed"));
        return Stream.concat(
                Stream.of(
                                "/services/order/v1/..;/admin",
                                "/services/order%2fv1/sandbox",
                                "/services/order%2f..%2fadmin",
                                "/services/order/v1/%2e%2e/v1/sandbox",
                                "/services/order/v1/../v1/sandbox",
                                "//services/order/v1/sandbox",
                                "/services/order/v1/sandbox;x=y",
                                "/services/order/v1/sandbox/",
                                "/services/order/v1/sandbox/{canary}",
                                "/services/order/v1/sandbox%00",
                                "/services/order/v1/%c0%ae",
                                "/services/order/v1/sandbox%20",
                                "/SERVICES/order/v1/sandbox",
                                "/services/order/v2/sandbox",
                                "http://{trap}/services/order/v1/{canary}",
                                "/services\\order\\v1\\sandbox")
                        .flatMap(path -> Stream.of("GET", "POST")
                                .map(method -> raw(
                                        "A-T33",
                                        method + " " + path,
                                        unknown,
                                        request(method, path, XML + "Content-Length: 0\r\n", "")))),
                Stream.of(
                                "/services",
                                "/services/",
                                "/services/?stylesheet={canary}",
                                "/services/order/v1/?_wadl",
                                "/services/listings",
                                "/favicon.ico",
                                "/metrics",
                                "/health/ready")
                        .map(path -> get("A-T34", path, http(404, "http.path"))));
    }

    private static Stream<Row> actions() {
        Expected mismatch = fault(Code.ACTION_MISMATCH);
        return Stream.of(
                action("tab", "\"a\t{canary}\"", mismatch),
                action("unquoted", "{canary}", mismatch),
                action("%0a", "\"{canary}%0aX-Evil: 1\"", mismatch),
                action("half quoted", "\"{canary}", mismatch),
                action("7 KB", "\"" + "{canary}".repeat(700) + "\"", mismatch),
                action("8 KB", "\"" + "{canary}".repeat(820) + "\"", http(431, "http.header")),
                action("escape", "\"{canary}\u001b[2J\"", http(400, "http.malformed")),
                action("NUL", "\"{canary}\u0000\"", http(400, "http.malformed")),
                action("bytes above 127", "\"{canary}\u00e4\u00ff\"", mismatch.or(http(400, "http.malformed"))));
    }

    private static Row action(String name, String value, Expected expected) {
        return Row.of(
                "A-T40",
                name,
                expected,
                edge -> Edge.post(
                        ORDER, SoapEnvelope.SOAP_11, edge.fill(XML + "SOAPAction: " + value + "\r\n"), order(edge)));
    }

    private static Row typed(String id, String name, String type, Expected expected) {
        return Row.of(
                id,
                name,
                expected,
                edge -> Edge.post(
                        ORDER,
                        SoapEnvelope.SOAP_11,
                        type.isEmpty() ? "" : edge.fill("Content-Type: " + type + "\r\n"),
                        order(edge)));
    }

    private static Row get(String id, String path, Expected expected) {
        return raw(id, "GET " + path, expected, request("GET", path, "", ""));
    }

    private static Row raw(String id, String name, Expected expected, String text) {
        return Row.of(id, name, expected, edge -> Shot.of(edge.fill(text)));
    }

    private static String request(String method, String target, String fields, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n" + body;
    }

    private static byte[] order(Edge edge) {
        return Payload.utf8(Payload.envelope(edge.fill(Payload.order())));
    }

    /** An order that is placed, and is as large as a message may be but for these bytes: blanks in a tag are nothing else's limit. */
    private static byte[] large(Edge edge, int more) {
        String order = Payload.envelope(edge.fill(Payload.order()));
        String blanks = " ".repeat(LARGEST + more - order.length());
        return Payload.utf8(order.replaceFirst(">", blanks + ">"));
    }

    private static Shot chunked(byte[] message) {
        StringBuilder chunks = new StringBuilder("POST " + ORDER
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + XML + "Transfer-Encoding: chunked\r\n\r\n");
        String text = new String(message, StandardCharsets.US_ASCII);
        IntStream.iterate(0, from -> from < text.length(), from -> from + 60_000)
                .mapToObj(from -> text.substring(from, Math.min(text.length(), from + 60_000)))
                .forEach(piece -> chunks.append(Integer.toHexString(piece.length()))
                        .append("\r\n")
                        .append(piece)
                        .append("\r\n"));
        return Shot.of(chunks.append("0\r\n\r\n").toString());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
