package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.crmgateway.contract.Examples;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.TestAuthority;
import org.crmgateway.wire.WireClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway whose keys, partner files and revocation lists are replaced while it serves. */
final class KeyReloadTest {
    private static final char[] PASSWORD = "test-only".toCharArray();
    private static final KeyFiles FILES = new KeyFiles(Clock.systemUTC());
    private static final TestAuthority AUTHORITY = new TestAuthority("Partners' authority");

    @TempDir
    private static Path folder;

    private static RunningGateway running;
    private static Path store;
    private static Path crls;

    @BeforeAll
    static void start() throws Exception {
        crls = Files.createDirectories(folder.resolve("crls"));
        FILES.writeCertificate(crls.resolve("authority.pem"), AUTHORITY.certificate());
        list();
        running = RunningGateway.start(
                folder,
                Map.of(
                        "CRM_GATEWAY_SECURITY_CRLS", crls.toString(),
                        "CRM_GATEWAY_SECURITY_RELOAD_INTERVAL", "1h",
                        "CRM_GATEWAY_PARTNERS_FOLDER",
                                folder.resolve("declared").toString()));
        store = folder.resolve("keys/gateway.p12");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void noCallIsLostWhileKeysAreReplaced() throws Exception {
        int callers = 3;
        int replacements = 4;
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch underWay = new CountDownLatch(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Future<Integer>> counts = new ArrayList<>();
        try {
            for (int i = 0; i < callers; i++) {
                counts.add(threads.submit(() -> callUntil(enough, underWay)));
            }
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < replacements; i++) {
                Clock younger = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(i));
                KeyPairAndCertificate next = new KeyMaker(younger).make("gateway " + i, Duration.ofDays(90));
                FILES.addKey(store, PASSWORD, next);
                running.gateway().reload().round();
                assertThat(running.gateway().keys().certificate()).isEqualTo(next.certificate());
            }
            enough.set(true);
            for (Future<Integer> count : counts) {
                assertThat(count.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            enough.set(true);
            threads.shutdownNow();
        }
    }

    /** Each call is read, and its answer is signed by the key whose certificate goes with it. */
    private static int callUntil(AtomicBoolean enough, CountDownLatch underWay) throws CertificateException {
        int calls = 0;
        WireClient client = running.client();
        while (!enough.get() || calls == 0) {
            Answer answer = search(client, running.security(Dialect.MODERN));
            assertThat(answer.status()).isEqualTo(200);
            X509Certificate signer = signer(answer);
            assertThat(running.gateway().keys().own().all())
                    .anyMatch(key -> key.certificate().equals(signer));
            WireSecurity partner = running.security(Dialect.MODERN);
            assertThat(new WireSecurity(Dialect.MODERN, partner.key(), partner.certificate(), signer)
                            .open(answer.envelope())
                            .getResults())
                    .isNotEmpty();
            if (calls++ == 0) {
                underWay.countDown();
            }
        }
        return calls;
    }

    @Test
    @DisplayName(
            "A-K33 a key store that is broken, cut off, empty, gone, or of another password changes nothing and is said")
    void brokenStores() throws Exception {
        byte[] good = Files.readAllBytes(store);
        var before = running.gateway().keys().own();
        List<Consumer<Path>> mistakes = List.of(
                file -> put(file, new byte[0]),
                file -> put(file, Arrays.copyOf(good, good.length / 2)),
                file -> put(file, "not a key store".getBytes(StandardCharsets.US_ASCII)),
                KeyReloadTest::delete,
                file -> {
                    delete(file);
                    FILES.writeKeyStore(
                            file,
                            "another password".toCharArray(),
                            new KeyMaker(Clock.systemUTC()).make("other", Duration.ofDays(90)));
                });
        for (Consumer<Path> mistake : mistakes) {
            mistake.accept(store);
            running.gateway().reload().round();

            assertThat(running.gateway().keys().own()).isEqualTo(before);
            assertThat(running.gateway().reload().broken()).isEqualTo(1);
            assertThat(admin("/metrics")).contains("crm_reload_broken 1.0");
            assertThat(admin("/health/ready")).contains("files: no, but calls are served");
            assertThat(search(running.client(), running.security(Dialect.MODERN))
                            .status())
                    .isEqualTo(200);
        }
        put(store, good);
        running.gateway().reload().round();
        assertThat(running.gateway().reload().broken()).isZero();
        assertThat(admin("/health/ready")).contains("files: yes");
    }

    @Test
    void aRevocationListIsReadAgainAndABrokenOneChangesNothing() throws Exception {
        KeyPairAndCertificate key = AUTHORITY.issue("declared", null);
        declare("declared", key);
        running.gateway().reload().round();
        WireSecurity security = running.security(Dialect.MODERN).signedBy(key.key(), key.certificate());
        assertThat(search(running.client(), security).status()).isEqualTo(200);

        put(crls.resolve("list.crl"), "half a list".getBytes(StandardCharsets.US_ASCII));
        running.gateway().reload().round();
        assertThat(running.gateway().reload().broken()).isEqualTo(1);
        assertThat(search(running.client(), security).status()).isEqualTo(200);

        Files.write(
                crls.resolve("list.crl"),
                AUTHORITY
                        .list(Clock.systemUTC().instant().plus(Duration.ofDays(1)), key.certificate())
                        .getEncoded());
        running.gateway().reload().round();
        assertThat(running.gateway().reload().broken()).isZero();
        assertThat(search(running.client(), security).status()).isEqualTo(500);
        list();
        running.gateway().reload().round();
    }

    @Test
    void aPartnerFileIsAppliedWhileTheGatewayServesAndABrokenOneIsNot() throws Exception {
        KeyPairAndCertificate key = new KeyMaker(Clock.systemUTC()).make("newcomer", Duration.ofDays(90));
        WireSecurity security = running.security(Dialect.MODERN).signedBy(key.key(), key.certificate());
        assertThat(search(running.client(), security).status()).isEqualTo(500);

        declare("newcomer", key);
        running.gateway().reload().round();
        assertThat(search(running.client(), security).status()).isEqualTo(200);

        Path file = folder.resolve("declared/newcomer.yaml");
        Files.writeString(file, "name: newcomer\nrights: [no");
        running.gateway().reload().round();
        assertThat(running.gateway().reload().broken()).isEqualTo(1);
        assertThat(search(running.client(), security).status()).isEqualTo(200);
        declare("newcomer", key);
        running.gateway().reload().round();
        assertThat(running.gateway().reload().broken()).isZero();
    }

    @Test
    void aGatewayDoesNotStartWithAListItCannotVerify() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        Path lists = Files.createDirectories(other.resolve("crls"));
        Files.write(
                lists.resolve("list.crl"),
                AUTHORITY
                        .list(Clock.systemUTC().instant().plus(Duration.ofDays(1)))
                        .getEncoded());
        assertThatThrownBy(() -> RunningGateway.start(other, Map.of("CRM_GATEWAY_SECURITY_CRLS", lists.toString())))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("is signed by none of the authorities");
    }

    /** The certificate in the answer's security header. */
    private static X509Certificate signer(Answer answer) throws CertificateException {
        String token = answer.envelope()
                .getElementsByTagNameNS("*", "BinarySecurityToken")
                .item(0)
                .getTextContent();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getMimeDecoder().decode(token)));
    }

    private static Answer search(WireClient client, WireSecurity security) {
        byte[] message =
                SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(Examples.request("searchCustomers"))));
        return client.post(
                "customer/v1/modern", SoapEnvelope.SOAP_11, "urn:crmgateway:customer:v1:searchCustomers", message);
    }

    private static void declare(String name, KeyPairAndCertificate key) throws IOException {
        Path declared = Files.createDirectories(folder.resolve("declared"));
        FILES.writeCertificate(declared.resolve(name + ".pem"), key.certificate());
        Files.writeString(
                declared.resolve(name + ".yaml"),
                "name: " + name + "\ndialects: [modern]\nrights: [all]\ncertificates: [" + name + ".pem]\n");
    }

    private static void list() throws Exception {
        Files.write(
                crls.resolve("list.crl"),
                AUTHORITY
                        .list(Clock.systemUTC().instant().plus(Duration.ofDays(1)))
                        .getEncoded());
    }

    private static String admin(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + running.gateway().adminPort() + path);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static void put(Path file, byte[] bytes) {
        try {
            Path beside = Files.write(file.resolveSibling("beside"), bytes);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
