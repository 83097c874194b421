package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.crmgateway.contract.Examples;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes with the port for TLS, and messages bound to client certificates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String GET = "GET /contract/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final KeyPairAndCertificate clientKey = key("erp tls");
    private final KeyPairAndCertificate signingKey = key("erp");
    private TlsFiles tls;
    private RunningGateway gateway;
    private URI base;

    private static KeyPairAndCertificate key(String name) {
        return new KeyMaker(Clock.systemUTC()).make(name, Duration.ofDays(30));
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        tls = TlsFiles.in(folder);
        gateway = RunningGateway.start(
                folder.resolve("gateway"), tls.settings("CRM_GATEWAY_WEB_TLS_CLIENT_CERTIFICATES", "optional"));
        base = gateway.gateway().publicUrl();
        gateway.apply(PartnerDraft.named("bound")
                .certificates(signingKey.certificate())
                .tlsCertificates(clientKey.certificate())
                .explain(true)
                .partner());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,TLS_AES_128_GCM_SHA256", "TLSv1.2,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"})
    void bothVersionsAreServed(String protocol, String suite) throws IOException {
        try (SSLSocket socket = socket(tls.client(), protocol, suite)) {
            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 200");
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.1,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLSv1,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLSv1.2,TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLSv1.2,TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
    })
    @DisplayName("A-T37: old versions and weak suites end in the handshake")
    void oldVersionsAndWeakSuitesAreRefused(String protocol, String suite) throws IOException {
        // The JDK would not even offer the old versions, so the greeting is made by hand where it does not.
        try (Socket socket = protocol.equals("TLSv1.2") ? socket(tls.client(), protocol, suite) : plain()) {
            if (socket instanceof SSLSocket secure) {
                assertThatThrownBy(secure::startHandshake).isInstanceOf(IOException.class);
            } else {
                socket.getOutputStream().write(oldGreeting(protocol.equals("TLSv1") ? 1 : 2));
                byte[] alert = socket.getInputStream().readAllBytes();
                assertThat(alert.length == 0 || alert[0] == 21)
                        .as("an alert, or nothing")
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName("A-T37: a connection is not negotiated anew")
    void renegotiationIsRefused() throws IOException {
        try (SSLSocket socket = socket(tls.client(), "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")) {
            socket.startHandshake();
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        assertThat(exchange(socket, GET)).as("answered").isNull();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName(
            "A-T37: a name of another host makes no difference: there is one certificate, and the client checks it")
    void anyNameIsServed() throws IOException {
        try (SSLSocket socket = socket(tls.client(), "TLSv1.3", "TLS_AES_128_GCM_SHA256")) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("other.example.com")));
            socket.setSSLParameters(parameters);
            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aNewKeyCountsForConnectionsThatBeginAfterItAndABrokenOneForNone(@TempDir Path folder) throws Exception {
        TlsFiles first = TlsFiles.in(Files.createDirectory(folder.resolve("first")));
        TlsFiles next = TlsFiles.in(Files.createDirectory(folder.resolve("next")));
        try (RunningGateway own = RunningGateway.start(
                folder.resolve("gateway"), first.settings("CRM_GATEWAY_SECURITY_RELOAD_INTERVAL", "1h"))) {
            int port = own.gateway().publicUrl().getPort();
            try (Socket standing = first.client().getSocketFactory().createSocket("localhost", port)) {
                assertThat(served(standing)).isTrue();

                Files.writeString(first.keyStore(), "broken");
                assertThat(own.gateway().reload().now()).anyMatch(line -> line.startsWith("BAD  TLS key: "));
                assertThat(shown(first, port)).isEqualTo(first.certificate());

                Files.move(next.keyStore(), first.keyStore(), StandardCopyOption.REPLACE_EXISTING);
                assertThat(own.gateway().reload().now()).anyMatch(line -> line.startsWith("ok   TLS key: "));
                assertThat(shown(next, port)).isEqualTo(next.certificate());
                assertThat(served(standing)).isTrue();
            }
        }
    }

    private static Certificate shown(TlsFiles trusted, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) trusted.client().getSocketFactory().createSocket("localhost", port)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Whether a request over a connection that goes on is served; nothing of its answer is left in the connection. */
    private static boolean served(Socket connection) throws IOException {
        connection
                .getOutputStream()
                .write("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        return head.indexOf("HTTP/1.1 404") == 0 && head.indexOf("Content-Length: 0") > 0;
    }

    @Test
    @DisplayName("A-T38: HTTP in clear on the port for TLS, and TLS on the other, end without an answer")
    void theOtherProtocolIsClosed() throws IOException {
        try (Socket socket = plain()) {
            socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP");
        }
        URI clear = gateway.gateway().base();
        try (SSLSocket socket = (SSLSocket)
                tls.client().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), clear.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
        awaitCounted("tls.handshake");
    }

    @Test
    @DisplayName("A-T39: a message comes over a connection with its signer's own client certificate, or not at all")
    void messagesAreBoundToClientCertificates() {
        assertThat(send(tls.client(clientKey)).status()).isEqualTo(200);
        byte[] refused = send(tls.client()).body();
        assertThat(new String(refused, StandardCharsets.UTF_8)).contains(":InvalidSecurity");
        awaitCounted("sec.tlsbind");

        KeyPairAndCertificate other = key("other tls");
        gateway.apply(PartnerDraft.named("other")
                .tlsCertificates(other.certificate())
                .dialects()
                .partner());
        assertThat(send(tls.client(other)).body()).as("another partner's").isEqualTo(refused);
    }

    /** A refusal is counted after its answer has left. */
    private void awaitCounted(String reason) {
        long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        while (!gateway.gateway().scrape().contains("reason=\"" + reason + "\"")) {
            assertThat(System.nanoTime()).as("counted " + reason).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aClientCertificateThatIsNotRegisteredMakesNoConnection() {
        assertThatThrownBy(() -> send(tls.client(key("stranger")))).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void whereAClientCertificateIsDemandedThereIsNoConnectionWithoutAndTheGatewayStartsAllTheSame(
            @TempDir Path folder) {
        TlsFiles files = TlsFiles.in(folder);
        try (RunningGateway strict = RunningGateway.start(
                folder.resolve("gateway"),
                files.settings(
                        "CRM_GATEWAY_WEB_TLS_CLIENT_CERTIFICATES", "required", "CRM_GATEWAY_WEB_TLS_ONLY", "true"))) {
            strict.apply(PartnerDraft.named("bound")
                    .certificates(signingKey.certificate())
                    .tlsCertificates(clientKey.certificate())
                    .partner());
            URI services = URI.create(strict.gateway().publicUrl() + "/services");
            assertThat(services.getScheme()).isEqualTo("https");
            WireSecurity security = new WireSecurity(
                    Dialect.MODERN,
                    signingKey.key(),
                    signingKey.certificate(),
                    strict.gateway().keys().certificate());
            assertThat(post(files.over(files.client(clientKey), services), security)
                            .status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> post(files.over(files.client(), services), security))
                    .hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("A-K35: a key for messages is none for TLS")
    void keysAreKeptApart(@TempDir Path folder) {
        RunningGateway.start(folder).close();
        assertThatThrownBy(() -> RunningGateway.start(
                        folder,
                        java.util.Map.of(
                                "CRM_GATEWAY_WEB_TLS_PORT", "0",
                                "CRM_GATEWAY_WEB_TLS_KEY_STORE",
                                        folder.resolve("keys/gateway.p12").toString(),
                                "CRM_GATEWAY_WEB_TLS_KEY_STORE_PASSWORD_FILE",
                                        folder.resolve("keys/gateway.password").toString())))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("is also one for messages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROTOCOLS=TLSv1.1", "CIPHER_SUITES=TLS_RSA_WITH_AES_128_CBC_SHA"})
    void whatIsWeakCannotBeConfigured(String setting, @TempDir Path folder) {
        String[] parts = setting.split("=");
        TlsFiles files = TlsFiles.in(folder);
        assertThatThrownBy(() -> RunningGateway.start(
                        folder.resolve("gateway"), files.settings("CRM_GATEWAY_WEB_TLS_" + parts[0], parts[1])))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining(parts[1]);
    }

    @Test
    void aPartnerIsToldWhyItsOwnMessageWasRefusedAndNobodyElse() throws Exception {
        WireClient.Answer refused = post(
                tls.over(tls.client(clientKey), URI.create(base + "/services")),
                security().livingFor(-10));
        String id = refused.headers().firstValue("X-Call-Id").orElseThrow();

        assertThat(explained(tls.client(clientKey), id)).startsWith("200 The timestamp ended 10 s before");
        assertThat(explained(tls.client(clientKey), "0".repeat(16))).isEqualTo("404");
        assertThat(explained(tls.client(), id)).isEqualTo("404");
        KeyPairAndCertificate other = key("other tls");
        gateway.apply(PartnerDraft.named("curious")
                .tlsCertificates(other.certificate())
                .dialects()
                .explain(true)
                .partner());
        assertThat(explained(tls.client(other), id)).isEqualTo("404");
    }

    /** The status, and the text if there is one. */
    private String explained(SSLContext context, String id) throws Exception {
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(base + "/explain/" + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return (answer.statusCode() + " " + answer.body()).strip();
    }

    private WireSecurity security() {
        return new WireSecurity(
                Dialect.MODERN,
                signingKey.key(),
                signingKey.certificate(),
                gateway.gateway().keys().certificate());
    }

    private WireClient.Answer send(SSLContext context) {
        return post(tls.over(context, URI.create(base + "/services")), security());
    }

    private static WireClient.Answer post(WireClient client, WireSecurity security) {
        return client.post(
                "customer/v1/modern",
                SoapEnvelope.SOAP_11,
                "urn:crmgateway:customer:v1:searchCustomers",
                SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(Examples.request("searchCustomers")))));
    }

    private SSLSocket socket(SSLContext context, String protocol, String suite) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), base.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setEnabledCipherSuites(new String[] {suite});
        return socket;
    }

    private Socket plain() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String exchange(Socket socket, String message) throws IOException {
        socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(100), StandardCharsets.ISO_8859_1);
    }

    /** A ClientHello of TLS 1.0 (minor 1) or 1.1 (minor 2), RFC 4346 section 7.4.1.2, with one suite of that time. */
    private static byte[] oldGreeting(int minor) {
        byte[] hello = new byte[9 + 41 + 2];
        hello[0] = 22;
        hello[1] = 3;
        hello[2] = 1;
        hello[4] = (byte) (hello.length - 5);
        hello[5] = 1;
        hello[8] = (byte) (hello.length - 9);
        hello[9] = 3;
        hello[10] = (byte) minor;
        // 32 bytes of random and no session, then two bytes of suites: TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
        hello[45] = 2;
        hello[47] = 0x2f;
        hello[48] = 1;
        return java.util.Arrays.copyOf(hello, hello.length);
    }
}
