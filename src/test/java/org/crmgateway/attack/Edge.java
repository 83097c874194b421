package org.crmgateway.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.RunningGateway;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;
import org.w3c.dom.Document;

/** The gateway under attack, and what attackers need: its addresses, its certificate, keys of a stranger, a trap. */
final class Edge implements AutoCloseable {
    /** Stands in every message, and in no answer, log or trail. */
    static final String CANARY = "KanarieQ7f";

    /** The tenth of a second it takes to make a key is spent once. */
    private final KeyPairAndCertificate stranger;

    private final Path folder;
    private final RunningGateway gateway;
    private final Trap trap = new Trap();
    private final AtomicInteger numbers = new AtomicInteger();

    Edge(Map<String, String> settings) throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "edge");
        stranger = new KeyMaker(Clock.systemUTC()).make("Stranger", Duration.ofDays(30));
        Map<String, String> variables = new java.util.HashMap<>(settings);
        // The refusals of a row are written when the row asks, not by chance in the middle of it.
        variables.putIfAbsent("CRM_GATEWAY_CHANGE_SEAL_INTERVAL", "1m");
        gateway = RunningGateway.start(folder, variables);
        // So that every order of an attack would be placed if it were let through.
        for (Dialect dialect : RunningGateway.DIALECTS) {
            Document message = SoapEnvelope.SOAP_11.around(Payload.createCustomer());
            if (dialect.secured()) {
                gateway.security(dialect).protect(message);
            }
            int status = gateway.client()
                    .post(
                            "customer/v1/" + dialect.label(),
                            SoapEnvelope.SOAP_11,
                            "urn:crmgateway:customer:v1:createCustomer",
                            SoapEnvelope.bytes(message))
                    .status();
            if (status != 200) {
                throw new IllegalStateException("the customer of " + dialect + " was not created");
            }
        }
    }

    RunningGateway gateway() {
        return gateway;
    }

    int port() {
        return gateway.gateway().base().getPort();
    }

    Trap trap() {
        return trap;
    }

    KeyPairAndCertificate stranger() {
        return stranger;
    }

    Footprint footprint() {
        return Footprint.of(gateway, folder, trap);
    }

    /** Puts this run's values into a message: {@code {trap}} is an address, {@code {n}} a number never used before. */
    String fill(String text) {
        return text.replace("{trap}", "127.0.0.1:" + trap.port())
                .replace("{canary}", CANARY)
                .replace("{n}", Integer.toString(numbers.incrementAndGet()));
    }

    /** Posts an order's message to an endpoint, as a well-behaved client does otherwise. */
    Shot post(Dialect dialect, SoapEnvelope version, byte[] message) {
        return post("/services/order/v1/" + dialect.label() + version.suffix(), version, message)
                .openedWith(dialect.secured() ? gateway.security(dialect) : null);
    }

    Shot post(String path, SoapEnvelope version, byte[] message) {
        return post(path, version, "Content-Type: " + version.contentType() + "\r\n", message);
    }

    /** @param fields of the head beside {@code Host}, {@code Connection} and {@code Content-Length} */
    static Shot post(String path, SoapEnvelope version, String fields, byte[] message) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields
                        + "Content-Length: " + message.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(head, head.length + message.length);
        System.arraycopy(message, 0, all, head.length, message.length);
        return new Shot(all, version, null, false);
    }

    /** The partner's own security for the dialect {@code modern}. */
    WireSecurity partner() {
        return gateway.security(Dialect.MODERN);
    }

    /** A body that the partner has signed and encrypted. */
    Shot signed(SoapEnvelope version, String payload) {
        Document message = partner().protect(version.around(payload));
        return post(Dialect.MODERN, version, SoapEnvelope.bytes(message));
    }

    /** Whatever bytes, encrypted for the gateway by someone who did not sign. */
    Shot encrypted(SoapEnvelope version, byte[] content) {
        return sealed(partner().signing(), version, Payload.HARMLESS, content);
    }

    /** Whatever bytes, encrypted for the gateway, with a sound signature by a key that nobody registered. */
    Shot foreign(SoapEnvelope version, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        WireSecurity signer = partner().signedBy(stranger.key(), stranger.certificate());
        return sealed(signer, version, Payload.signable(text) ? text : Payload.HARMLESS, content);
    }

    /** Whatever bytes, encrypted for the gateway, with the partner's own signature over something else. */
    Shot recorded(SoapEnvelope version, byte[] content) {
        return sealed(partner(), version, Payload.HARMLESS, content);
    }

    private Shot sealed(WireSecurity signer, SoapEnvelope version, String signed, byte[] content) {
        return post(Dialect.MODERN, version, Sealed.message(signer, version, signed, content));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        trap.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
