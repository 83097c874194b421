package org.crmgateway.attack;

import java.util.stream.Stream;

/** HTTP and connections (A-T). */
final class HttpRows {
    private static final String ORDER = "/services/order/v1/sandbox";

    private HttpRows() {}

    static Stream<Row> rows() {
        return Stream.of(Row.of(
                "A-T01",
                "GET without query",
                Expected.http(405, "http.method"),
                edge -> Shot.of("GET " + ORDER + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")));
    }
}
