package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.http;

import java.util.stream.Stream;
import org.crmgateway.wire.SoapEnvelope;

/** Attachments (A-M): there are none, so whatever is wrong with them is not looked at. */
final class AttachmentRows {
    private static final Expected REFUSED = http(415, "http.ctype");
    private static final String ROOT = "Content-Type: application/xop+xml; type=\"text/xml\"\r\nContent-ID: <root>\r\n";

    private AttachmentRows() {}

    static Stream<Row> rows() {
        String part = part("Content-ID: <a>\r\n", "{canary}");
        return Stream.of(
                        related("A-M01", "multipart/related", part),
                        typed("A-M01", "multipart/mixed", "multipart/mixed; boundary=b", part),
                        typed("A-M01", "form", "multipart/form-data; boundary=b", part),
                        typed("A-M01", "XOP without parts", "application/xop+xml; type=\"text/xml\"", ""),
                        related("A-M02", "51 parts", part.repeat(51)),
                        related("A-M02", "5,000 parts", part.repeat(5_000)),
                        related("A-M03", "part header of 301", part("X-{canary}: " + "x".repeat(301) + "\r\n", "")),
                        related(
                                "A-M04",
                                "3 MB of folded lines",
                                part("X: a" + "\r\n {canary}".repeat(200_000) + "\r\n", "")),
                        related("A-M05", "200,000 lines", part("X: {canary}\r\n".repeat(200_000), "")),
                        related("A-M06", "501 headers", part(headers(501), "")),
                        related("A-M07", "5 MB", part("", "x".repeat(5_000_000))),
                        related(
                                "A-M07",
                                "five of 1 MB",
                                part("", "x".repeat(1_000_000)).repeat(5)),
                        included("A-M08", "http", "http://{trap}/"),
                        included("A-M08", "file", "file:///etc/passwd"),
                        included("A-M08", "missing part", "cid:{canary}"),
                        included("A-M08", "the root itself", "cid:root"),
                        typed("A-M09", "no boundary", "multipart/related", part),
                        typed("A-M10", "no end", "multipart/related; boundary=b", "--b\r\n" + ROOT + "\r\n"),
                        typed("A-M11", "boundary of 200", "multipart/related; boundary=" + "b".repeat(200), part),
                        typed(
                                "A-M11",
                                "nested",
                                "multipart/related; boundary=b",
                                "--b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n".repeat(1_000)),
                        related("A-M12", "one id twice", part + part),
                        typed(
                                "A-M12",
                                "start that is not there",
                                "multipart/related; boundary=b; start=\"<{canary}>\"",
                                part),
                        related(
                                "A-M13",
                                "Base64 that is none",
                                part("Content-Transfer-Encoding: base64\r\n", "%%%{canary}")),
                        related(
                                "A-M13",
                                "bad quoted-printable",
                                part("Content-Transfer-Encoding: quoted-printable\r\n", "=ZZ{canary}")),
                        related(
                                "A-M13",
                                "x-uuencode",
                                part("Content-Transfer-Encoding: x-uuencode\r\n", "begin 644 {canary}")),
                        related(
                                "A-M14",
                                "path",
                                part("Content-Disposition: attachment; filename=\"../../../../x/{canary}\"\r\n", "x")),
                        related(
                                "A-M14",
                                "NUL",
                                part("Content-Disposition: attachment; filename=\"{canary}\u0000\"\r\n", "x")),
                        related(
                                "A-M14",
                                "4 KB",
                                part(
                                        "Content-Disposition: attachment; filename=\"" + "{canary}".repeat(400)
                                                + "\"\r\n",
                                        "x")),
                        typed(
                                "A-M15",
                                "DTD in the root",
                                "multipart/related; boundary=b",
                                "--b\r\n" + ROOT
                                        + "\r\n<!DOCTYPE a [<!ENTITY b SYSTEM 'http://{trap}/'>]><a>&b;</a>\r\n--b--"),
                        related(
                                "A-M15",
                                "XML as a part",
                                part("Content-Type: text/xml\r\n", "<!DOCTYPE a SYSTEM 'http://{trap}/'><a/>")),
                        secured("A-M16", "signed root, part added", part))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> related(String id, String name, String parts) {
        return typed(
                id,
                name,
                "multipart/related; boundary=b; type=\"application/xop+xml\"; start=\"<root>\"",
                "--b\r\n" + ROOT + "\r\n" + Payload.envelope(Payload.order()) + "\r\n" + parts + "--b--\r\n");
    }

    private static Stream<Row> included(String id, String name, String href) {
        String include = "<xop:Include xmlns:xop='http://www.w3.org/2004/08/xop/include' href='" + href + "'/>";
        return Stream.concat(
                typed(
                        id,
                        name,
                        "multipart/related; boundary=b; start=\"<root>\"",
                        "--b\r\n" + ROOT + "\r\n"
                                + Payload.envelope(Payload.order().replace("4711", include)) + "\r\n--b--\r\n"),
                // Without parts around it, it is an element the schema does not know.
                Forms.invalid(id, name + ", in plain XML", Payload.order().replace("4711", include)));
    }

    /** To an address without security and one with it. */
    private static Stream<Row> typed(String id, String name, String type, String body) {
        return Stream.of("sandbox", "modern")
                .map(dialect -> Row.of(id, name, REFUSED, edge -> null)
                        .as(
                                dialect,
                                REFUSED,
                                edge -> Edge.post(
                                        "/services/order/v1/" + dialect,
                                        SoapEnvelope.SOAP_11,
                                        edge.fill("Content-Type: " + type + "\r\n"),
                                        Payload.utf8(edge.fill(body)))));
    }

    private static Stream<Row> secured(String id, String name, String part) {
        return Stream.of(Row.of(
                id,
                name,
                REFUSED,
                edge -> Edge.post(
                        "/services/order/v1/modern",
                        SoapEnvelope.SOAP_11,
                        "Content-Type: multipart/related; boundary=b; type=\"text/xml\"\r\n",
                        Payload.join(
                                Payload.utf8("--b\r\nContent-Type: text/xml\r\n\r\n"),
                                SoapEnvelope.bytes(edge.partner()
                                        .protect(SoapEnvelope.SOAP_11.around(edge.fill(Payload.order())))),
                                Payload.utf8(edge.fill("\r\n" + part + "--b--\r\n"))))));
    }

    private static String part(String headers, String content) {
        return "--b\r\n" + headers + "\r\n" + content + "\r\n";
    }

    private static String headers(int count) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append("X-").append(i).append(": {canary}\r\n");
        }
        return headers.toString();
    }
}
