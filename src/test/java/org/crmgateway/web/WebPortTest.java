package org.crmgateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.crmgateway.web.RawHttp.exchange;
import static org.crmgateway.web.RawHttp.request;

import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.crmgateway.attack.Attack;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.contract.ContractSite;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.limit.Alarms;
import org.crmgateway.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port with a real CXF endpoint behind it, over real sockets. */
final class WebPortTest {
    /** The common pool has one thread on two processors, and these wait for each other. */
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    private static final String ORDER = "/services/order/v1/sandbox";
    private static final String ORDER12 = ORDER + "-soap12";
    private static final String CUSTOMER = "/services/customer/v1/sandbox";
    private static final String XML = "Content-Type: text/xml; charset=utf-8\r\n";
    private static final String ENVELOPE =
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><ping/></s:Body></s:Envelope>";

    private final Bus bus = BusFactory.newInstance().createBus();
    private final Telemetry telemetry = new Telemetry();
    private final Database database = TestDatabases.open(TestDatabases.h2());
    private final RefusalTrail trail = new RefusalTrail(database, Clock.systemUTC());
    private final Echo echo = new Echo();
    private final List<Server> endpoints = new ArrayList<>();
    private WebPort web = WebPort.open(TestWebConfig.usual(), bus, null, Clock.systemUTC());

    /** Counts what gets through. */
    @WebServiceProvider
    @ServiceMode(Service.Mode.PAYLOAD)
    static final class Echo implements Provider<Source> {
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch entered = new CountDownLatch(1);
        volatile String answer = "<pong/>";
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public Source invoke(Source request) {
            calls.incrementAndGet();
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new StreamSource(new StringReader(answer));
        }
    }

    @BeforeEach
    void start() {
        serve(web);
    }

    private void serve(WebPort port) {
        endpoints.clear();
        for (String path : Set.of(ORDER, ORDER12, CUSTOMER)) {
            JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
            factory.setBus(bus);
            factory.setServiceBean(echo);
            factory.setAddress(port.base() + path);
            endpoints.add(factory.create());
        }
        port.start(
                new ContractSite(port.publicUrl(), false),
                Set.of(ORDER, ORDER12, CUSTOMER),
                (certificate, id) -> Optional.empty(),
                telemetry,
                trail,
                new Alarms(Clock.systemUTC()));
        port.guard();
    }

    @AfterEach
    void stop() {
        close();
        bus.shutdown(true);
        telemetry.close();
        database.close();
    }

    @Test
    void everyEndpointOfEveryServiceIsReached() throws IOException {
        for (String path : Set.of(ORDER, CUSTOMER)) {
            assertThat(post(path, XML, ENVELOPE)).startsWith("HTTP/1.1 200").contains("pong");
        }
        assertThat(echo.calls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/xml",
                "text/xml;charset=UTF-8",
                "Text/XML; charset=\"utf-8\"",
                "text/xml; charset=utf-8; action=\"urn:a\""
            })
    void everyUsualContentTypeIsRead(String type) throws IOException {
        assertThat(post(ORDER, "Content-Type: " + type + "\r\n", ENVELOPE)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aMessageInUtf16GoesThrough() throws IOException {
        String wide = new String(ENVELOPE.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1);
        assertThat(post(ORDER, "Content-Type: text/xml; charset=utf-16\r\n", wide))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "PROPFIND", "OPTIONS", "TRACE"})
    void onlyPostCallsAnOperation(String method) throws IOException {
        String answer = exchange(web.port(), request(method, ORDER + "?orderRef=1", "X-Secret: s3cret\r\n", ""));
        assertRefused(answer, 405);
        assertThat(answer).contains("Allow: POST").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: application/json\r\n",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: multipart/related; type=\"text/xml\"; boundary=b\r\n",
                "Content-Type: application/soap+xml\r\n",
                "Content-Type: text/xml; charset=utf-7\r\n",
                "Content-Type: text/xml; charset=iso-8859-1\r\n",
                "Content-Type: text/xml; charset=nope\r\n",
                "Content-Type: text/xml; charset=utf-8; charset=utf-16\r\n",
                "Content-Type: text/xml; charset\r\n",
                "Content-Type: text/xml; a=\"b; charset=utf-8\r\n",
                "Content-Type: text/xml\r\nContent-Type: text/xml\r\n",
                "Content-Type: text/xml\r\nContent-Encoding: gzip\r\n",
                "Content-Type: text/xml\r\nContent-Encoding: deflate\r\n",
                "Content-Type: text/xml\r\nContent-Encoding: br\r\n",
                "Content-Type: text/xml\r\nContent-Encoding: gzip, gzip\r\n"
            })
    void anythingButPlainXmlIsRefusedUnread(String headers) throws IOException {
        assertRefused(post(ORDER, headers, ENVELOPE), 415);
    }

    @Test
    void eachSoapVersionHasItsContentType() throws IOException {
        assertRefused(post(ORDER12, XML, ENVELOPE), 415);
        assertThat(post(ORDER12, "Content-Type: application/soap+xml; charset=utf-8; action=\"urn:a\"\r\n", ENVELOPE))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aMessageOfTheFullSizeIsServedAndOneByteMoreIsNot() throws IOException {
        String padding = " ".repeat(TestWebConfig.MESSAGE_SIZE - ENVELOPE.length());
        assertThat(post(ORDER, XML, ENVELOPE + padding)).startsWith("HTTP/1.1 200");
        // Without the body: it is refused before it is sent.
        String tooLong = "Content-Length: " + (TestWebConfig.MESSAGE_SIZE + 1) + "\r\n";
        assertRefused(exchange(web.port(), request("POST", ORDER, XML + tooLong, "")), 413);
        assertThat(echo.calls).hasValue(1);
    }

    @Test
    void anOversizedMessageInChunksIsCutAtTheLimit() throws IOException {
        String chunk = Integer.toHexString(TestWebConfig.MESSAGE_SIZE + 1) + "\r\n"
                + " ".repeat(TestWebConfig.MESSAGE_SIZE + 1);
        assertRefused(exchange(web.port(), request("POST", ORDER, XML + "Transfer-Encoding: chunked\r\n", chunk)), 413);
    }

    @Test
    void anAnnouncedSizeIsRefusedAtOnce() throws IOException {
        String head = request("POST", ORDER, XML + "Content-Length: 10000000000\r\n", "x".repeat(200));
        assertRefused(exchange(web.port(), head), 413);
    }

    @ParameterizedTest
    @CsvSource({
        "/services/order/v1/..;/admin",
        "/services/order%2fv1/sandbox",
        "/services/order/v1/%2e%2e/v1/sandbox",
        "//services/order/v1/sandbox",
        "/services/order/v1/sandbox;x=y",
        "/services/order/v1/sandbox/",
        "/services/order/v1/sandbox/more",
        "/services/order/v1/sandbox%00",
        "/services/order/v1/%c0%ae",
        "/services/order/v1/unknown",
        "/services",
        "/services/",
        "/services/?stylesheet=1",
        "/services/order/v1/?_wadl",
        "/favicon.ico",
        "/"
    })
    void whatIsNotPublishedDoesNotExist(String target) throws IOException {
        for (String method : Set.of("GET", "POST")) {
            String answer = exchange(web.port(), request(method, target, XML + "Content-Length: 0\r\n", ""));
            assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
            assertEmpty(answer);
        }
        assertThat(echo.calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wsdl=file:///etc/passwd", "xsd=../../../../etc/passwd", "wsdl=http://127.0.0.1:9/", "xsd"})
    void onlyTheFixedFileIsPublished(String query) throws IOException {
        assertRefused(exchange(web.port(), request("GET", ORDER + "?" + query, "", "")), 404);
    }

    @Test
    void theWsdlOfAnEndpointNamesThePublicAddressWhateverTheHostSays() throws IOException {
        String answer = exchange(
                web.port(), "GET " + ORDER12 + "?wsdl HTTP/1.1\r\nHost: evil.example:99\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("https://crm.example.com/erp" + ORDER12)
                .doesNotContain("evil.example")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void theContractIsPublished() throws IOException {
        assertThat(exchange(web.port(), request("GET", "/contract/order.html", "", "")))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/html; charset=utf-8", "createOrder", "nosniff");
        assertThat(exchange(web.port(), request("GET", "/contract/xsd/order-v1.xsd", "", "")))
                .contains("targetNamespace=\"urn:crmgateway:order:v1\"");
        assertThat(exchange(web.port(), request("HEAD", "/contract/order.html", "", "")))
                .endsWith("\r\n\r\n");
        String posted = exchange(web.port(), request("POST", "/contract/order.html", "Content-Length: 0\r\n", ""));
        assertRefused(posted, 405);
        assertThat(posted).contains("Allow: GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /%%% HTTP/1.1\r\nHost: a\r\n\r\n",
                "nonsense\r\n\r\n",
                "POST " + ORDER + " HTTP/1.1\r\nHost: a\r\n" + XML + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST " + ORDER + " HTTP/1.1\r\nHost: a\r\n" + XML
                        + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\u0000c\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n"
            })
    void aBrokenRequestGetsAnEmpty400(String message) throws IOException {
        assertRefused(exchange(web.port(), message), 400);
    }

    @Test
    void aHeadThatIsTooLongGetsAnEmpty431() throws IOException {
        assertRefused(exchange(web.port(), request("GET", "/", "X: " + "x".repeat(9_000) + "\r\n", "")), 431);
    }

    @ParameterizedTest(name = "A-T22 {0}")
    @ValueSource(strings = {"one of 9 KB", "a thousand", "a cookie of 1 MB"})
    void headersBeyondEightKibAreRefused(String what) throws IOException {
        String headers = switch (what) {
            case "one of 9 KB" -> "X: " + "x".repeat(9 * 1024) + "\r\n";
            case "a thousand" -> "X: 12345678\r\n".repeat(1_000);
            default -> "Cookie: " + "x".repeat(1 << 20) + "\r\n";
        };
        try (Socket socket = RawHttp.connect(web.port())) {
            String answer = answer(socket, request("POST", ORDER, XML + headers, ""));
            // What is still being sent when the connection closes may take the answer with it.
            assertThat(answer).matches("(?s)(HTTP/1.1 431 .*\r\n\r\n)?");
        }
        assertThat(telemetry.scrape()).doesNotContain("crm_call");
        assertThat(echo.calls).hasValue(0);
    }

    @Test
    @DisplayName("A-T26: a body that was announced by Expect and never comes is answered 408 at the deadline")
    void anExpectedBodyThatNeverComesIsCut() throws IOException {
        restart(Duration.ofMillis(300));
        try (Socket socket = RawHttp.connect(web.port())) {
            RawHttp.send(socket, request("POST", ORDER, XML + "Expect: 100-continue\r\nContent-Length: 1000\r\n", ""));
            assertThat(RawHttp.toTheEnd(socket)).contains("HTTP/1.1 408 ");
        }
        assertThat(echo.calls).hasValue(0);
    }

    @Test
    @DisplayName("A-T29: a body of one byte now and then is cut at the deadline")
    void aDrippingBodyIsCut() throws IOException {
        restart(Duration.ofMillis(300));
        try (Socket socket = RawHttp.connect(web.port())) {
            RawHttp.send(socket, request("POST", ORDER, XML + "Content-Length: 1000000\r\n", ""));
            String ended = null;
            while (ended == null) {
                ended = drip(socket);
            }
            assertThat(ended).matches("(?s)(.*408 .*|TTP.*|)");
        }
        assertThat(echo.calls).hasValue(0);
    }

    @Test
    @DisplayName("A-T30: who never reads the answers is cut at the deadline, and the next is served")
    void slowReadersAreCut() throws IOException {
        restart(Duration.ofSeconds(1));
        echo.answer = "<pong>" + "x".repeat(8 << 20) + "</pong>";
        List<Socket> readers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(2048);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port()));
            socket.setSoTimeout(20_000);
            RawHttp.send(socket, soap(ENVELOPE));
            readers.add(socket);
        }
        String next = "";
        while (!next.startsWith("HTTP/1.1 200")) {
            next = post(ORDER, XML, ENVELOPE);
        }
        for (Socket reader : readers) {
            assertThat(RawHttp.toTheEnd(reader)).hasSizeLessThan(8 << 20);
            reader.close();
        }
    }

    @Test
    void aBodyInBrokenChunksIsNotServed() throws IOException {
        for (String chunks : List.of("ZZZ\r\n", "-1\r\n", "4\r\n<a/>ZZ")) {
            assertThat(exchange(web.port(), request("POST", ORDER, XML + "Transfer-Encoding: chunked\r\n", chunks)))
                    .doesNotContain("HTTP/1.1 200");
        }
        assertThat(echo.calls).hasValue(0);
    }

    @Test
    void moreBodiesThanTheMemoryHoldsAreAskedToComeLater() throws Exception {
        String head = request("POST", ORDER, XML + "Content-Length: " + TestWebConfig.MESSAGE_SIZE + "\r\n", "");
        String most = " ".repeat(TestWebConfig.MESSAGE_SIZE - 1);
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Socket socket = RawHttp.connect(web.port());
            sockets.add(socket);
            OWN_THREAD.execute(() -> answers.add(answer(socket, head + most)));
        }
        assertThat(answers.take()).startsWith("HTTP/1.1 503 ").contains("Retry-After: 2");
        for (Socket socket : sockets) {
            socket.close();
        }
        assertThat(echo.calls).hasValue(0);
    }

    private static String answer(Socket socket, String message) {
        try {
            RawHttp.send(socket, message);
        } catch (IOException e) {
            // Refused before all of it was sent; the answer is there.
        }
        try {
            return RawHttp.toTheEnd(socket);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void whileALargeMessageIsWorkedOnAnotherIsAskedToComeLater() throws Exception {
        String large = ENVELOPE + " ".repeat(TestWebConfig.MESSAGE_SIZE / 3 * 2);
        CountDownLatch gate = new CountDownLatch(1);
        echo.gate = gate;
        BlockingQueue<String> first = new LinkedBlockingQueue<>();
        Socket socket = RawHttp.connect(web.port());
        OWN_THREAD.execute(() -> first.add(answer(socket, soap(large))));
        echo.entered.await();
        try (Socket second = RawHttp.connect(web.port())) {
            assertThat(answer(second, soap(large))).startsWith("HTTP/1.1 503 ").contains("Retry-After: 2");
        }
        gate.countDown();
        assertThat(first.take()).startsWith("HTTP/1.1 200");
        socket.close();
    }

    private static String soap(String body) {
        return request("POST", ORDER, XML + "Content-Length: " + body.length() + "\r\n", body);
    }

    @Test
    void memoryIsFreeAgainWhenItsCallHasEnded() throws IOException {
        // Small enough for one more while the memory of the one before is just being given back.
        String half = ENVELOPE + " ".repeat(TestWebConfig.MESSAGE_SIZE / 2 - ENVELOPE.length());
        for (int i = 0; i < 12; i++) {
            assertThat(post(ORDER, XML, half)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aMessageInChunksOfUnknownNumberArrivesWhole() throws IOException {
        String padding = " ".repeat(100_000);
        String chunks = Integer.toHexString(ENVELOPE.length()) + "\r\n" + ENVELOPE + "\r\n"
                + Integer.toHexString(padding.length()) + "\r\n" + padding + "\r\n0\r\n\r\n";
        assertThat(exchange(web.port(), request("POST", ORDER, XML + "Transfer-Encoding: chunked\r\n", chunks)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void refusedRequestsAreInTheTrailUnderTheIdOfTheirAnswer() throws IOException {
        String answer = post(ORDER, "", ENVELOPE);
        trail.write();
        String id = database.inTransaction(tx -> tx.handle()
                .createQuery("SELECT call_id FROM audit_entry WHERE reason = 'http.ctype' AND source = '127.0.0.1'")
                .mapTo(String.class)
                .one());
        assertThat(answer).contains("X-Call-Id: " + id);
    }

    @Test
    void refusedRequestsAreCounted() throws IOException {
        post(ORDER, "", ENVELOPE);
        assertThat(telemetry.scrape()).contains("crm_refused_total{reason=\"http.ctype\"} 1.0");
    }

    /** CXF answers exceptions; what is none passes through it, in whatever interceptor it comes up. */
    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, NoClassDefFoundError.class, AssertionError.class})
    @Attack("A-L02")
    void anErrorOfTheMachineIsAnEmpty500AndTheNextCallIsServed(Class<? extends Error> kind) throws Exception {
        Error error = kind.getDeclaredConstructor().newInstance();
        AbstractPhaseInterceptor<Message> failing = new AbstractPhaseInterceptor<>(Phase.PRE_INVOKE) {
            @Override
            public void handleMessage(Message message) {
                throw error;
            }
        };
        endpoints.forEach(server -> server.getEndpoint().getInInterceptors().add(failing));
        String answer = post(ORDER, XML, ENVELOPE);
        assertRefused(answer, 500);
        assertThat(answer).contains("X-Call-Id: ");
        trail.write();
        assertThat(telemetry.scrape()).contains("crm_refused_total{reason=\"http.error\"} 1.0");
        endpoints.forEach(server -> server.getEndpoint().getInInterceptors().remove(failing));
        assertThat(post(ORDER, XML, ENVELOPE)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aBodyThatDripsIsCutAtTheDeadline() throws IOException {
        restart(Duration.ofMillis(300));
        try (Socket socket = RawHttp.connect(web.port())) {
            RawHttp.send(socket, request("POST", ORDER, XML + "Content-Length: 1000\r\n", "<"));
            assertRefused(RawHttp.toTheEnd(socket), 408);
        }
        assertThat(echo.calls).hasValue(0);
    }

    @Test
    void aCallThatIsNotAnsweredInTimeIsCut() throws IOException {
        restart(Duration.ofMillis(300));
        echo.gate = new CountDownLatch(1);
        assertThat(post(ORDER, XML, ENVELOPE)).doesNotContain("HTTP/1.1 200");
        echo.gate.countDown();
    }

    @Test
    void aHeadThatDripsIsCutAtTheDeadline() throws IOException {
        restart(Duration.ofMillis(300));
        try (Socket socket = RawHttp.connect(web.port())) {
            String ended = null;
            while (ended == null) {
                ended = drip(socket);
            }
            assertThat(ended).isEmpty();
        }
    }

    @Test
    void aHandshakeThatDripsIsCutAtTheDeadline() throws Exception {
        close();
        SSLContext anyKey = SSLContext.getInstance("TLS");
        anyKey.init(null, null, null);
        web = WebPort.open(TestWebConfig.impatient(Duration.ofMillis(300)), bus, anyKey, Clock.systemUTC());
        serve(web);
        try (Socket socket = RawHttp.connect(web.tlsBase().orElseThrow().getPort())) {
            // A record of 512 bytes with a greeting begins.
            RawHttp.send(socket, "\u0016\u0003\u0001\u0002\u0000\u0001");
            String ended = null;
            while (ended == null) {
                ended = drip(socket);
            }
            assertThat(ended).isEmpty();
        }
    }

    /** One more byte of a head that never ends; the answer when the connection has ended. */
    private static String drip(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        try {
            RawHttp.send(socket, "G");
            int read = socket.getInputStream().read();
            return read < 0 ? "" : RawHttp.toTheEnd(socket);
        } catch (java.net.SocketTimeoutException e) {
            return null;
        } catch (java.net.SocketException e) {
            return "";
        }
    }

    @Test
    void closingLetsARunningCallEndAndFreesThePort() throws Exception {
        echo.gate = new CountDownLatch(1);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return post(ORDER, XML, ENVELOPE);
            } catch (IOException e) {
                return e.toString();
            }
        });
        echo.entered.await();
        int port = web.port();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(this::close, OWN_THREAD);
        assertThat(closed).isNotDone();
        echo.gate.countDown();
        assertThat(answer.get()).startsWith("HTTP/1.1 200");
        closed.get();
        try (ServerSocket free = new ServerSocket(port)) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void aPortInUseIsToldWithItsKey() {
        assertThatThrownBy(() -> WebPort.open(
                        new TestWebConfig(web.port(), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        bus,
                        null,
                        Clock.systemUTC()))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("Port " + web.port())
                .hasMessageContaining("another process listens there")
                .hasMessageContaining("web.port");
    }

    private void close() {
        web.drain();
        endpoints.forEach(Server::destroy);
        web.close();
    }

    private void restart(Duration deadline) {
        close();
        web = WebPort.open(TestWebConfig.impatient(deadline), bus, null, Clock.systemUTC());
        serve(web);
    }

    private String post(String path, String headers, String body) throws IOException {
        return exchange(web.port(), request("POST", path, headers + "Content-Length: " + body.length() + "\r\n", body));
    }

    private void assertRefused(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertEmpty(answer);
    }

    private static void assertEmpty(String answer) {
        assertThat(answer)
                .endsWith("\r\n\r\n")
                .containsIgnoringCase("Connection: close")
                .doesNotContain("Server:")
                .doesNotContain("Powered")
                .doesNotContainIgnoringCase("jetty");
    }
}
