package org.crmgateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crmgateway.web.RawHttp.connect;
import static org.crmgateway.web.RawHttp.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.RunningGateway;
import org.crmgateway.wire.SoapEnvelope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with small limits; each test comes from addresses of its own. */
final class SourceLimitsTest {
    private static final int REFUSALS = 3;
    private static final int PER_SOURCE = 4;
    private static final int TOTAL = 24;
    private static final String PROXY = "127.0.1.200";

    @TempDir
    private static Path folder;

    private static RunningGateway gateway;
    private static int port;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(
                folder,
                Map.of(
                        "CRM_GATEWAY_WEB_REFUSALS_PER_MINUTE", String.valueOf(REFUSALS),
                        "CRM_GATEWAY_WEB_CONNECTIONS_PER_SOURCE", String.valueOf(PER_SOURCE),
                        "CRM_GATEWAY_WEB_MAX_CONNECTIONS", String.valueOf(TOTAL),
                        "CRM_GATEWAY_WEB_TRUSTED_PROXIES", PROXY + ",10.0.0.0/8",
                        "CRM_GATEWAY_CHANGE_SEAL_INTERVAL", "10ms"));
        port = gateway.gateway().base().getPort();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    @DisplayName("A-O08: a source whose messages are refused too often is answered 503 unread, others are not")
    void aProbingSourceIsPaused() throws Exception {
        for (int i = 0; i <= REFUSALS; i++) {
            assertThat(exchange("127.0.1.1", port, unsigned(""))).contains("InvalidSecurity");
        }
        // Only the head: it is answered although the message never comes.
        String head = "POST /services/order/v1/modern HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n"
                + "Content-Length: 4000000\r\n\r\n";
        assertThat(exchange("127.0.1.1", port, head))
                .startsWith("HTTP/1.1 503 ")
                .containsPattern("Retry-After: \\d+")
                .contains("X-Call-Id", "Connection: close")
                .endsWith("\r\n\r\n");
        assertThat(exchange("127.0.1.2", port, unsigned(""))).contains("InvalidSecurity");
        assertThat(scrape()).contains("crm_refused_total{reason=\"http.probing\"}", "reason=\"http.paused\"");
        assertThat(audited("127.0.1.1")).contains("http.probing");
        assertThat(reasonsOf("127.0.1.2")).doesNotContain("http.probing");
    }

    @Test
    @DisplayName("A-U11: one misconfigured job does not shut the ERP behind the same address out")
    void callsGoOnBesideARefusedJob() throws Exception {
        String from = "127.0.1.10";
        try (Socket job = connect(from, port)) {
            RawHttp.send(job, signed("keep-alive"));
            assertThat(answer(job)).startsWith("HTTP/1.1 200");

            for (int i = 0; i <= 10 * REFUSALS; i++) {
                assertThat(exchange(from, port, unsigned(""))).contains("InvalidSecurity");
            }
            assertThat(exchange(from, port, unsigned(""))).startsWith("HTTP/1.1 503 ");

            RawHttp.send(job, signed("keep-alive"));
            assertThat(answer(job)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    @DisplayName("A-T27, A-T28, A-T31: beyond its connections a source is not let in, others are")
    void connectionsOfOneSourceAreBounded() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < PER_SOURCE; i++) {
                slow.add(connect("127.0.1.20", port));
                RawHttp.send(slow.get(i), i % 2 == 0 ? "POST /serv" : partial());
            }
            try (Socket next = connect("127.0.1.20", port)) {
                assertThat(ended(next)).isTrue();
            }
            assertThat(exchange("127.0.1.21", port, signed("close"))).startsWith("HTTP/1.1 200");
            assertThat(scrape()).contains("http.conn.many", "crm_connections{state=\"stranger\"}");
        } finally {
            close(slow);
        }
    }

    @Test
    void ofAStrangerTwoMessagesAreReadAtOnceAndTheOthersWaitUnread() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (Socket whole = connect("127.0.1.80", port)) {
            for (int i = 0; i < 3; i++) {
                slow.add(connect("127.0.1.80", port));
                RawHttp.send(slow.get(i), partial());
            }
            untilScraped("crm_messages_unread 1.0");
            RawHttp.send(whole, unsigned(""));
            untilScraped("crm_messages_unread 2.0");

            close(slow);
            assertThat(answer(whole)).contains("InvalidSecurity");
        } finally {
            close(slow);
        }
    }

    @Test
    @DisplayName("A-T28, A-T31: who fills the port with slow connections closes his own, and no partner's")
    void theOldestStrangerMakesRoom() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (Socket partner = connect("127.0.1.30", port)) {
            RawHttp.send(partner, signed("keep-alive"));
            assertThat(answer(partner)).startsWith("HTTP/1.1 200");
            for (int i = 0; i < 2 * TOTAL; i++) {
                slow.add(connect("127.0.1." + (31 + i / PER_SOURCE), port));
                RawHttp.send(slow.get(i), partial());
            }
            assertThat(ended(slow.get(0))).isTrue();

            RawHttp.send(partner, signed("keep-alive"));
            assertThat(answer(partner)).startsWith("HTTP/1.1 200");
            assertThat(exchange("127.0.1.60", port, signed("close"))).startsWith("HTTP/1.1 200");
        } finally {
            close(slow);
        }
    }

    @Test
    void aTrustedProxysWordOnTheSenderIsBelieved() throws Exception {
        String prober = "X-Forwarded-For: 192.0.2.77, 203.0.113.7, 10.1.2.3\r\n";
        for (int i = 0; i <= REFUSALS; i++) {
            assertThat(exchange(PROXY, port, unsigned(prober))).contains("InvalidSecurity");
        }
        assertThat(exchange(PROXY, port, unsigned(prober))).startsWith("HTTP/1.1 503 ");
        assertThat(exchange(PROXY, port, unsigned("X-Forwarded-For: 203.0.113.8\r\n")))
                .contains("InvalidSecurity");
        assertThat(exchange(PROXY, port, unsigned(""))).contains("InvalidSecurity");
        assertThat(audited("203.0.113.7")).contains("http.probing");
        assertThat(reasonsOf("192.0.2.77")).isEmpty();
    }

    @Test
    @DisplayName("A-O08: nobody else's word is: another X-Forwarded-For each time does not help")
    void anUntrustedPeersWordIsNot() throws Exception {
        for (int i = 0; i <= REFUSALS; i++) {
            assertThat(exchange("127.0.1.70", port, unsigned("X-Forwarded-For: 203.0.113." + i + "\r\n")))
                    .contains("InvalidSecurity");
        }
        assertThat(exchange("127.0.1.70", port, unsigned("X-Forwarded-For: 203.0.113.99\r\n")))
                .startsWith("HTTP/1.1 503 ");
    }

    private static String unsigned(String headers) {
        return http("close", headers, SoapEnvelope.bytes(SoapEnvelope.SOAP_11.around(Examples.request("getOrder"))));
    }

    private static String signed(String connection) {
        return http(
                connection,
                "",
                SoapEnvelope.bytes(gateway.security(Dialect.MODERN)
                        .protect(SoapEnvelope.SOAP_11.around(Examples.request("getOrderChanges")))));
    }

    private static String http(String connection, String headers, byte[] body) {
        return "POST /services/order/v1/modern HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n"
                + "Content-Type: text/xml; charset=utf-8\r\n" + headers + "Content-Length: " + body.length
                + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    }

    /** A head and the first bytes of a message that never comes. */
    private static String partial() {
        return "POST /services/order/v1/modern HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n"
                + "Content-Length: 1000\r\n\r\n<s:Envelope xmlns:s=";
    }

    /** One answer of a connection that stays. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (!text.toString().contains("Envelope>")) {
            int next = in.read();
            if (next < 0) {
                return text + " (closed)";
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static String scrape() throws IOException {
        return RawHttp.exchange(gateway.gateway().adminPort(), RawHttp.request("GET", "/metrics", "", ""));
    }

    private static void untilScraped(String line) throws IOException {
        long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!scrape().contains(line) && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(scrape()).contains(line);
    }

    /** The reasons noted for a source, once a pause is among them. */
    private static List<String> audited(String source) {
        long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        List<String> reasons = reasonsOf(source);
        while (!reasons.contains("http.probing") && System.nanoTime() < patience) {
            reasons = reasonsOf(source);
        }
        return reasons;
    }

    private static List<String> reasonsOf(String source) {
        return gateway.gateway()
                .database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT reason FROM audit_entry WHERE source = :source")
                        .bind("source", source)
                        .mapTo(String.class)
                        .list());
    }
}
