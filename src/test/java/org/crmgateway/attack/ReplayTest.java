package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.crmgateway.Gateway;
import org.crmgateway.config.Settings;
import org.crmgateway.contract.Examples;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.RunningGateway;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The same signed bytes more than once: at once, at two nodes, after a restart, behind forged copies. Each is executed once. */
final class ReplayTest {
    private static final SoapEnvelope SOAP = SoapEnvelope.SOAP_11;
    private static final int COPIES = 64;
    private static final int MESSAGES = 25;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Attack("A-R02 A-R04")
    void of64CopiesAtOnceAtTwoNodesEachMessageIsExecutedOnce() throws Exception {
        TestDatabases.Settings database = TestDatabases.postgres();
        Map<String, String> shared =
                Map.of("CRM_GATEWAY_DATABASE_URL", database.url(), "CRM_GATEWAY_DATABASE_USER", database.user());
        ExecutorService senders = Executors.newFixedThreadPool(COPIES);
        try (RunningGateway one = RunningGateway.start(folder.resolve("one"), shared);
                Gateway two = second(folder.resolve("two"), shared)) {
            List<WireClient> nodes = List.of(one.client(), client(two));
            for (int n = 0; n < MESSAGES; n++) {
                byte[] message = customer(one.security(Dialect.MODERN), "R" + n);
                CountDownLatch together = new CountDownLatch(1);
                List<Future<WireClient.Answer>> answers = new ArrayList<>();
                for (int i = 0; i < COPIES; i++) {
                    WireClient node = nodes.get(i % 2);
                    answers.add(senders.submit(() -> {
                        together.await();
                        return post(node, message);
                    }));
                }
                together.countDown();
                int fresh = 0;
                for (Future<WireClient.Answer> answer : answers) {
                    fresh += answered(answer)
                                    .filter(found -> fresh(one.security(Dialect.MODERN), found))
                                    .isPresent()
                            ? 1
                            : 0;
                }
                assertThat(fresh).as("message " + n + " was served anew").isLessThanOrEqualTo(1);
                // Whatever the race has answered, the genuine sender gets its answer now.
                assertThat(post(nodes.get(0), message).status()).isEqualTo(200);
                assertThat(one.count("customer")).as("message " + n).isEqualTo(n + 1);
            }
            assertThat(one.count("change_entry")).isEqualTo(MESSAGES);
            // A read that one node has answered is none for the other.
            byte[] read = search(one.security(Dialect.MODERN));
            assertThat(post(nodes.get(0), read).status()).isEqualTo(200);
            assertRefused(post(nodes.get(1), read));
        } finally {
            senders.shutdown();
        }
    }

    @Test
    @Attack("A-R05")
    void aRestartForgetsNothing() throws Exception {
        byte[] write;
        byte[] read;
        WireSecurity security;
        try (RunningGateway first = RunningGateway.start(folder)) {
            security = first.security(Dialect.MODERN);
            write = customer(security, "RESTART");
            read = search(security);
            assertThat(fresh(security, post(first.client(), write))).isTrue();
            assertThat(post(first.client(), read).status()).isEqualTo(200);
        }
        try (Gateway again = second(folder, Map.of())) {
            WireClient.Answer replayed = post(client(again), write);
            assertThat(replayed.status()).isEqualTo(200);
            assertThat(fresh(security, replayed)).isFalse();
            assertRefused(post(client(again), read));
            assertThat(count(again, "customer")).isEqualTo(1);
            assertThat(count(again, "change_entry")).isEqualTo(1);
            assertThat(post(client(again), search(security)).status()).isEqualTo(200);
        }
    }

    @Test
    @Attack("A-R06 A-R07 A-R01 A-R08")
    void forgedCopiesUseNothingUpAndAResentWriteGetsItsStoredAnswer() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            for (Dialect dialect : List.of(Dialect.MODERN, Dialect.COMPATIBLE)) {
                WireSecurity security = gateway.security(dialect);
                byte[] genuine = customer(security, "GENUINE-" + dialect);
                int before = gateway.count("replay");
                for (byte[] forged : forged(genuine)) {
                    assertRefused(post(gateway.client(), dialect, forged));
                }
                assertThat(gateway.count("replay")).isEqualTo(before);
                assertThat(fresh(security, post(gateway.client(), dialect, genuine)))
                        .isTrue();
                for (byte[] forged : forged(genuine)) {
                    assertRefused(post(gateway.client(), dialect, forged));
                }
                for (byte[] copy : List.of(genuine, reserialised(genuine))) {
                    WireClient.Answer replayed = post(gateway.client(), dialect, copy);
                    assertThat(replayed.status()).isEqualTo(200);
                    assertThat(fresh(security, replayed)).isFalse();
                }
                assertThat(gateway.count("replay")).isEqualTo(before + 1);
            }
            assertThat(gateway.count("customer")).isEqualTo(2);
            assertThat(gateway.count("change_entry")).isEqualTo(2);
        }
    }

    /** Nothing when the connection was cut: 64 at once are more than a busy machine answers in the port's time. */
    private static Optional<WireClient.Answer> answered(Future<WireClient.Answer> answer) throws Exception {
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Copies with the genuine signature's value, and with others, none of which verifies. */
    private static List<byte[]> forged(byte[] genuine) {
        List<byte[]> forged = new ArrayList<>();
        for (String part : List.of("DigestValue", "SignatureValue", "CipherValue", "Created", "Expires")) {
            for (int i = 0; i < Surgery.all(SoapEnvelope.parse(genuine), part).size(); i++) {
                Document message = SoapEnvelope.parse(genuine);
                var element = Surgery.all(message, part).get(i);
                String text = element.getTextContent();
                char other = text.charAt(8) == '0' ? '1' : '0';
                element.setTextContent(text.substring(0, 8) + other + text.substring(9));
                forged.add(SoapEnvelope.bytes(message));
            }
        }
        java.util.Random random = new java.util.Random(7);
        IntStream.range(0, 50).forEach(i -> {
            byte[] value = new byte[256];
            random.nextBytes(value);
            Document message = SoapEnvelope.parse(genuine);
            Surgery.find(message, "SignatureValue").setTextContent(Recipe.base64(value));
            forged.add(SoapEnvelope.bytes(message));
        });
        return forged;
    }

    /** Other bytes of the same signed content. */
    private static byte[] reserialised(byte[] genuine) {
        String text = new String(genuine, StandardCharsets.UTF_8);
        return text.replace("xenc:", "x:")
                .replace("xmlns:xenc=", "xmlns:x=")
                .replace("SignatureValue>", "SignatureValue >")
                .replace("><ds:KeyInfo", ">\n<!-- --> <ds:KeyInfo")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] customer(WireSecurity security, String name) {
        String payload = Examples.request("createCustomer")
                .replace("DEBMAS-0000000000718201", "KEY-" + name)
                .replace(">10042<", ">" + name + "<");
        return SoapEnvelope.bytes(security.protect(SOAP.around(payload)));
    }

    private static byte[] search(WireSecurity security) {
        return SoapEnvelope.bytes(security.protect(SOAP.around(Examples.request("searchCustomers"))));
    }

    private static WireClient.Answer post(WireClient client, byte[] message) {
        return post(client, Dialect.MODERN, message);
    }

    private static WireClient.Answer post(WireClient client, Dialect dialect, byte[] message) {
        return client.post("customer/v1/" + dialect.label(), SOAP, "", message);
    }

    /** Whether an answer is a success, and the first one. */
    private static boolean fresh(WireSecurity security, WireClient.Answer answer) {
        if (answer.status() != 200) {
            return false;
        }
        Document envelope = answer.envelope();
        security.open(envelope);
        return Surgery.all(envelope, "replayed").isEmpty();
    }

    private static void assertRefused(WireClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(":InvalidSecurity");
    }

    /** A gateway with the key store, and perhaps the database, of one that has been started before. */
    private static Gateway second(Path folder, Map<String, String> variables) throws Exception {
        Path config = folder.resolve("gateway.yaml");
        if (!Files.exists(config)) {
            Files.createDirectories(folder);
            Path first = folder.resolveSibling("one");
            Files.writeString(
                    config,
                    Files.readString(first.resolve("gateway.yaml"))
                            .replace(
                                    first.toAbsolutePath().toString(),
                                    folder.toAbsolutePath().toString()));
            Files.createDirectories(folder.resolve("keys"));
            for (String file : List.of("gateway.p12", "gateway.password")) {
                Files.copy(
                        first.resolve("keys").resolve(file),
                        folder.resolve("keys").resolve(file),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Gateway gateway = new Gateway(Settings.read(config, new HashMap<>(variables)));
        gateway.start();
        return gateway;
    }

    private static WireClient client(Gateway gateway) {
        return new WireClient(gateway.base().resolve("/services"));
    }

    private static int count(Gateway gateway, String table) {
        return gateway.database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT COUNT(*) FROM " + table)
                        .mapTo(Integer.class)
                        .one());
    }
}
