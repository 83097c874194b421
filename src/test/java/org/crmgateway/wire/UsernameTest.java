package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Service;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.frontend.ClientProxy;
import org.apache.cxf.rt.security.SecurityConstants;
import org.apache.cxf.transport.http.HTTPConduit;
import org.crmgateway.contract.Examples;
import org.crmgateway.contract.common.RecordKey;
import org.crmgateway.contract.customer.CustomerPort;
import org.crmgateway.contract.customer.GatewayFaultMessage;
import org.crmgateway.contract.customer.GetCustomerRequest;
import org.crmgateway.contract.customer.SearchCustomersRequest;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.partner.StoredPassword;
import org.crmgateway.security.PasswordHash;
import org.crmgateway.security.PasswordVault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The dialect with a password, over real TLS: the rows A-U of the catalogue of attacks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UsernameTest {
    private static final String PASSWORD = "Vh3-kQ_9zT&amp;x";
    private static final String PLAIN = "Vh3-kQ_9zT&x";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SoapEnvelope VERSION = SoapEnvelope.SOAP_11;

    private RunningGateway gateway;
    private WireClient client;
    private SSLContext context;
    private byte[] refused;

    @BeforeAll
    void start(@TempDir Path folder) {
        TlsFiles tls = TlsFiles.in(folder);
        gateway = RunningGateway.start(folder.resolve("gateway"), tls.settings());
        context = tls.client();
        client = tls.over(context, URI.create(gateway.gateway().publicUrl() + "/services"));
        apply("text", PasswordHash.of(PLAIN.toCharArray(), RANDOM));
        PasswordVault vault = new PasswordVault(folder.resolve("gateway/keys/password.key"));
        apply("digest", vault.seal("digest", PLAIN.toCharArray(), RANDOM));
        refused = send("getCustomer", VERSION, VERSION.around(Examples.request("getCustomer")))
                .body();
        assertThat(send("createCustomer", PasswordMessage.text("text", PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    private void apply(String name, StoredPassword password) {
        gateway.apply(PartnerDraft.named(name)
                .dialects(Dialect.USERNAME_TLS)
                .password(password)
                .partner());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(SoapEnvelope.class)
    void aMessageWithTheRightPasswordIsAnsweredWithATimestamp(SoapEnvelope version) {
        Document right = PasswordMessage.text("text", PASSWORD).around(version, Examples.request("searchCustomers"));
        WireClient.Answer answer = send("searchCustomers", version, right);

        assertThat(answer.status()).isEqualTo(200);
        Element security =
                SoapEnvelope.child(SoapEnvelope.child(answer.envelope().getDocumentElement(), "Header"), "Security");
        assertThat(SoapEnvelope.child(security, "Timestamp")).isNotNull();
        assertThat(security.getChildNodes().getLength()).isEqualTo(1);
        assertThat(security.getAttributes()
                        .getNamedItemNS(
                                version.around("<a/>").getDocumentElement().getNamespaceURI(), "mustUnderstand"))
                .satisfiesAnyOf(
                        attribute -> assertThat(attribute).isNull(),
                        attribute -> assertThat(attribute.getNodeValue()).isIn("0", "false"));
    }

    @Test
    void aMessageWithTheRightDigestIsAnswered() {
        assertThat(send("searchCustomers", PasswordMessage.digest("digest", PLAIN))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aClientThatFollowsThePublishedPolicyIsUnderstood() throws Exception {
        Bus bus = BusFactory.newInstance().createBus();
        try {
            BusFactory.setThreadDefaultBus(bus);
            URL wsdl = gateway.gateway()
                    .base()
                    .resolve("/contract/wsdl/customer-v1-username-tls-soap11-secured-flat.wsdl")
                    .toURL();
            CustomerPort port = Service.create(wsdl, new QName("urn:crmgateway:customer:v1", "CustomerService"))
                    .getPort(new QName("urn:crmgateway:customer:v1", "CustomerSoap11"), CustomerPort.class);
            var settings = ((BindingProvider) port).getRequestContext();
            settings.put(SecurityConstants.USERNAME, "text");
            settings.put(SecurityConstants.PASSWORD, PLAIN);
            TLSClientParameters trust = new TLSClientParameters();
            trust.setSSLSocketFactory(context.getSocketFactory());
            ((HTTPConduit) ClientProxy.getClient(port).getConduit()).setTlsClientParameters(trust);

            GetCustomerRequest request = new GetCustomerRequest();
            RecordKey key = new RecordKey();
            key.setId("UNKNOWN");
            request.setKey(key);
            SearchCustomersRequest search = new SearchCustomersRequest();
            assertThat(port.searchCustomers(search).getResponseHeader().getCallId())
                    .isNotEmpty();
            assertThatThrownBy(() -> port.getCustomer(request))
                    .isInstanceOfSatisfying(
                            GatewayFaultMessage.class,
                            fault -> assertThat(fault.getFaultInfo().getCode()).isEqualTo("CUSTOMER_NOT_FOUND"));
        } finally {
            bus.shutdown(true);
        }
    }

    @Test
    void aPartnerThatIsKnownGetsTheDeclaredFault() {
        WireClient.Answer answer = send("getCustomer-fault", PasswordMessage.text("text", PASSWORD));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(SoapEnvelope.faultDetail(answer.envelope()).getLocalName()).isEqualTo("gatewayFault");
    }

    @Test
    @DisplayName("A-U01: wrong password, unknown user, disabled user, empty password")
    void whoIsNotKnownLearnsNothing() {
        apply("disabled", PasswordHash.of(PLAIN.toCharArray(), RANDOM));
        gateway.gateway().registry().suspend("disabled");
        assertRefused("wrong password", PasswordMessage.text("text", "wrong"));
        assertRefused("wrong digest", PasswordMessage.digest("digest", "wrong"));
        assertRefused("unknown user", PasswordMessage.text("nobody", PASSWORD));
        assertRefused("disabled user", PasswordMessage.text("disabled", PASSWORD));
        assertRefused("empty password", PasswordMessage.text("text", ""));
        assertRefused("a partner of another dialect", PasswordMessage.text("modern", PASSWORD));
    }

    @Test
    @DisplayName("A-U02 A-U03: a nonce counts once, by its bytes, however it is written")
    void aNonceCountsOnce() {
        byte[] nonce = nonce();
        String text = PasswordMessage.encoded(nonce);
        String before = PasswordMessage.username("text") + PasswordMessage.password(PasswordMessage.TEXT, PASSWORD);
        PasswordMessage message = PasswordMessage.text("text", PASSWORD);
        assertThat(send("searchCustomers", message.withToken(before + PasswordMessage.nonce(text)))
                        .status())
                .isEqualTo(200);
        assertRefused("the same", message.withToken(before + PasswordMessage.nonce(text)));
        assertRefused("a blank", message.withToken(before + PasswordMessage.nonce(text + " ")));
        assertRefused("a line end", message.withToken(before + PasswordMessage.nonce("\n" + text + "\n")));
        assertRefused(
                "a line end inside",
                message.withToken(before + PasswordMessage.nonce(text.substring(0, 8) + "\n" + text.substring(8))));
        assertRefused("no padding", message.withToken(before + PasswordMessage.nonce(text.replace("=", ""))));
    }

    @Test
    @DisplayName("A-U04: a nonce that somebody sent with a wrong password is not used up")
    void aStrangerUsesUpNothing() {
        byte[] nonce = nonce();
        Instant now = Instant.now();
        assertRefused("a stranger", PasswordMessage.digest("digest", "wrong", nonce, now));
        assertThat(send("searchCustomers", PasswordMessage.digest("digest", PLAIN, nonce, now))
                        .status())
                .isEqualTo(200);
        assertRefused("the second time", PasswordMessage.digest("digest", PLAIN, nonce, now));
    }

    @Test
    @DisplayName("A-U05 A-U06: a digest needs nonce and time, and each partner its own kind of password")
    void kindsAreNotMixed() {
        byte[] nonce = nonce();
        String time = Instant.now().toString();
        String digest = PasswordMessage.username("digest")
                + PasswordMessage.password(PasswordMessage.DIGEST, PasswordMessage.digestOf(nonce, time, PLAIN));
        PasswordMessage message = PasswordMessage.digest("digest", PLAIN);
        assertRefused("no nonce", message.withToken(digest + PasswordMessage.created(time)));
        assertRefused("no time", message.withToken(digest + PasswordMessage.nonce(PasswordMessage.encoded(nonce))));
        assertRefused("neither", message.withToken(digest));
        assertRefused("text for digest", PasswordMessage.text("digest", PASSWORD));
        assertRefused("digest for text", PasswordMessage.digest("text", PLAIN));
    }

    @Test
    @DisplayName("A-U07: a token or a message too old or too far ahead")
    void timeCounts() {
        Instant now = Instant.now();
        assertRefused("old token", PasswordMessage.digest("digest", PLAIN, nonce(), now.minusSeconds(301)));
        assertRefused("token ahead", PasswordMessage.digest("digest", PLAIN, nonce(), now.plusSeconds(90)));
        assertRefused("old message", PasswordMessage.text("text", PASSWORD).at(now.minusSeconds(301)));
        assertRefused("message ahead", PasswordMessage.text("text", PASSWORD).at(now.plusSeconds(90)));
        assertThat(send("searchCustomers", PasswordMessage.digest("digest", PLAIN, nonce(), now.minusSeconds(200)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("A-U08: two tokens, one of them without a password")
    void oneToken() {
        String right =
                "<wsse:UsernameToken>" + PasswordMessage.text("text", PASSWORD).token() + "</wsse:UsernameToken>";
        String bare = "<wsse:UsernameToken>" + PasswordMessage.username("admin") + "</wsse:UsernameToken>";
        for (String tokens : new String[] {right + right, right + bare, bare + right, bare, ""}) {
            Document message =
                    PasswordMessage.text("text", PASSWORD).around(VERSION, Examples.request("getCustomer"), tokens);
            assertThat(send("getCustomer", VERSION, message).body()).as(tokens).isEqualTo(refused);
        }
    }

    @Test
    @DisplayName("A-U09 A-U10: types, nonces and parts that are none of ours")
    void theFormCounts() {
        String user = PasswordMessage.username("text");
        String right = PasswordMessage.password(PasswordMessage.TEXT, PASSWORD);
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("no type", user + "<wsse:Password>" + PASSWORD + "</wsse:Password>");
        tokens.put("custom type", user + PasswordMessage.password("urn:custom", PASSWORD));
        tokens.put(
                "qualified type",
                user + "<wsse:Password wsse:Type=\"" + PasswordMessage.TEXT + "\">" + PASSWORD + "</wsse:Password>");
        tokens.put("two names", user + user + right);
        tokens.put("two passwords", user + right + right);
        tokens.put("no name", right);
        tokens.put("long name", PasswordMessage.username("x".repeat(41)) + right);
        tokens.put("long password", user + PasswordMessage.password(PasswordMessage.TEXT, "x".repeat(257)));
        tokens.put(
                "key from a password",
                user + right + "<wsse11:Salt xmlns:wsse11=\""
                        + "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd\">AAAA</wsse11:Salt>");
        tokens.put("one byte of nonce", user + right + PasswordMessage.nonce("AA=="));
        tokens.put("long nonce", user + right + PasswordMessage.nonce("A".repeat(1_000_000)));
        tokens.put("no Base64", user + right + PasswordMessage.nonce("§§§§§§§§§§§§§§§§"));
        tokens.forEach((name, token) ->
                assertRefused(name, PasswordMessage.text("text", PASSWORD).withToken(token)));
    }

    @Test
    @DisplayName("A-U11: who fails again and again waits; the partner does not")
    void nobodyIsLockedOut() {
        PasswordMessage right = PasswordMessage.text("text", PASSWORD);
        assertThat(send("searchCustomers", right).status()).isEqualTo(200);
        for (int i = 0; i < 12; i++) {
            assertRefused("guess " + i, PasswordMessage.text("text", "guess" + i));
        }
        assertThat(send("searchCustomers", right).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("A-U12: a password is accepted over TLS only, and such a partner without TLS stops the start")
    void tlsOnly(@TempDir Path folder) {
        Document right = PasswordMessage.text("text", PASSWORD).around(VERSION, Examples.request("searchCustomers"));
        WireClient.Answer inClear = gateway.client()
                .post(
                        "customer/v1/username-tls",
                        VERSION,
                        "urn:crmgateway:customer:v1:searchCustomers",
                        SoapEnvelope.bytes(right));
        assertThat(inClear.body()).isEqualTo(refused);

        RunningGateway plain = RunningGateway.start(folder);
        Partner partner = PartnerDraft.named("erp")
                .dialects(Dialect.USERNAME_TLS)
                .password(PasswordHash.of(PLAIN.toCharArray(), RANDOM))
                .partner();
        plain.apply(partner);
        plain.close();
        assertThatThrownBy(() -> RunningGateway.start(folder))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("erp")
                .hasMessageContaining("web.tls.key-store");
    }

    @Test
    void aSignatureIsNoPassword() {
        WireSecurity modern = gateway.security(Dialect.MODERN);
        assertThat(send("getCustomer", VERSION, modern.protect(VERSION.around(Examples.request("getCustomer"))))
                        .body())
                .isEqualTo(refused);
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private void assertRefused(String what, PasswordMessage message) {
        WireClient.Answer answer = send("searchCustomers", message);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .as(what)
                .isEqualTo(new String(refused, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(what).isEqualTo(500);
    }

    private WireClient.Answer send(String step, PasswordMessage message) {
        return send(step, VERSION, message.around(VERSION, Examples.request(step)));
    }

    private WireClient.Answer send(String step, SoapEnvelope version, Document message) {
        String operation = step.replace("-fault", "");
        return client.post(
                StoryOnTheWireTest.path(operation, Dialect.USERNAME_TLS),
                version,
                StoryOnTheWireTest.action(operation),
                SoapEnvelope.bytes(message));
    }
}
