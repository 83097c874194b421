package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.crmgateway.attack.Attack;
import org.crmgateway.contract.Examples;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Dialect;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.security.Sandbox;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** While no connection to the database can be had, nothing is accepted, and everyone is told to come again. */
final class BusyDatabaseTest {
    private static final int CONNECTIONS = 2;

    @Test
    @Attack("A-R19")
    void aKnownPartnerIsToldSignedAndAStrangerInClear() throws Exception {
        SettableClock clock = new SettableClock(Instant.now());
        try (TestGateway gateway = new TestGateway(clock, Sandbox.OFF, new Few(TestDatabases.h2()))) {
            assertThat(send(gateway).status()).isEqualTo(200);
            CountDownLatch over = new CountDownLatch(1);
            ExecutorService others = occupy(gateway, over);

            Answer known = send(gateway);
            // From now on the gateway would have to ask who its partners are.
            clock.pass(Duration.ofSeconds(5));
            Answer unknown = send(gateway);
            over.countDown();
            others.shutdown();

            Document fault = known.envelope();
            gateway.security(Dialect.MODERN).open(fault);
            assertThat(SoapEnvelope.text(SoapEnvelope.faultDetail(fault)))
                    .contains("OVERLOADED", "<fault:retryable>true</fault:retryable>");
            assertThat(new String(unknown.body(), StandardCharsets.UTF_8))
                    .contains(":Server</faultcode>")
                    .doesNotContain("Security");
            assertThat(gateway.orders.calls()).hasSize(1);
            clock.pass(Duration.ofSeconds(1));
            assertThat(send(gateway).status()).isEqualTo(200);
        }
    }

    private static Answer send(TestGateway gateway) {
        WireSecurity security = gateway.security(Dialect.MODERN);
        byte[] message =
                SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(Examples.request("createOrder"))));
        return gateway.client()
                .post("order/v1/modern", SoapEnvelope.SOAP_11, "urn:crmgateway:order:v1:createOrder", message);
    }

    /** Holds every connection until {@code over}. */
    private static ExecutorService occupy(TestGateway gateway, CountDownLatch over) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(CONNECTIONS);
        ExecutorService others = Executors.newFixedThreadPool(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            others.execute(() -> gateway.database.inTransaction(tx -> {
                held.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return 0;
            }));
        }
        held.await();
        return others;
    }

    /** A database with hardly any connections. */
    private record Few(TestDatabases.Settings settings) implements DatabaseConfig {
        @Override
        public String url() {
            return settings.url();
        }

        @Override
        public String user() {
            return settings.user();
        }

        @Override
        public Optional<Path> passwordFile() {
            return Optional.empty();
        }

        @Override
        public int poolSize() {
            return CONNECTIONS;
        }

        @Override
        public Duration connectionTimeout() {
            return Duration.ofMillis(250);
        }

        @Override
        public Duration lockTimeout() {
            return settings.lockTimeout();
        }

        @Override
        public Duration statementTimeout() {
            return settings.statementTimeout();
        }
    }
}
