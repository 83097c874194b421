package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.WireClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One partner's night batch, which does not end, and another partner's single call. */
final class PartnerLanesTest {
    private static final int FLOOD = 8;
    private static final String BATCH = """
            <customer:saveCustomers xmlns:customer="urn:crmgateway:customer:v1" xmlns:header="urn:crmgateway:header:v1">
              <customer:requestHeader><header:idempotencyKey>NIGHT-%d</header:idempotencyKey></customer:requestHeader>
              <customer:allOrNone>true</customer:allOrNone>
              <customer:row><customer:rowId>1</customer:rowId><customer:customer>
                <customer:externalId>10043</customer:externalId><customer:name>Night %d</customer:name>
              </customer:customer></customer:row>
            </customer:saveCustomers>""";

    @TempDir
    private static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(
                folder,
                Map.of(
                        "CRM_GATEWAY_WEB_THREADS", "8",
                        "CRM_GATEWAY_WEB_REQUEST_DEADLINE", "5m",
                        "CRM_GATEWAY_DATABASE_LOCK_TIMEOUT", "60s"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    @DisplayName(
            "A-Z10: while a partner's batches hold all the workers it may have, others' calls and its own are answered")
    void aNightBatchStarvesNobody() throws Exception {
        assertThat(send(Dialect.MODERN, "customer", "upsertCustomer", Examples.request("upsertCustomer"))
                        .status())
                .isEqualTo(200);
        CountDownLatch morning = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(FLOOD + 1);
        try {
            CompletableFuture<?> lock = lockCustomers(morning, threads);
            List<CompletableFuture<Answer>> night = new ArrayList<>();
            for (int i = 0; i < FLOOD; i++) {
                String batch = BATCH.formatted(i, i);
                night.add(CompletableFuture.supplyAsync(
                        () -> send(Dialect.MODERN, "customer", "saveCustomers", batch), threads));
            }
            // The rest are told to come later: so many are all it gets.
            List<Answer> later = answered(night, FLOOD - 3);

            Answer other = send(Dialect.COMPATIBLE, "order", "getOrderChanges", Examples.request("getOrderChanges"));
            Answer own = send(Dialect.MODERN, "order", "getOrderChanges", Examples.request("getOrderChanges"));

            assertThat(lock).isNotDone();
            assertThat(night.stream().filter(answer -> !answer.isDone())).hasSizeGreaterThanOrEqualTo(2);
            assertThat(other.status()).isEqualTo(200);
            assertThat(own.status()).isEqualTo(200);
            assertThat(later)
                    .allSatisfy(answer -> assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                            .contains("OVERLOADED", "<fault:retryAfterSeconds>2</fault:retryAfterSeconds>"));
            morning.countDown();
            lock.get(60, TimeUnit.SECONDS);
            List<Integer> outcomes = new ArrayList<>();
            for (CompletableFuture<Answer> answer : night) {
                outcomes.add(answer.get(60, TimeUnit.SECONDS).status());
            }
            assertThat(outcomes.stream().filter(status -> status == 200)).hasSizeGreaterThanOrEqualTo(2);
        } finally {
            morning.countDown();
            threads.shutdown();
        }
    }

    /** Holds every customer's row. */
    private static CompletableFuture<?> lockCustomers(CountDownLatch morning, ExecutorService threads)
            throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<?> lock = CompletableFuture.runAsync(
                () -> gateway.gateway().database().inTransaction(tx -> {
                    int rows = tx.handle()
                            .createQuery("SELECT id FROM customer FOR UPDATE")
                            .mapTo(String.class)
                            .list()
                            .size();
                    held.countDown();
                    try {
                        morning.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return rows;
                }),
                threads);
        held.await();
        return lock;
    }

    /** The answers that are here, once there are {@code wanted}. */
    private static List<Answer> answered(List<CompletableFuture<Answer>> all, int wanted) throws Exception {
        CountDownLatch first = new CountDownLatch(wanted);
        all.forEach(answer -> answer.thenRun(first::countDown));
        assertThat(first.await(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return all.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();
    }

    private static Answer send(Dialect dialect, String area, String operation, String request) {
        byte[] message = SoapEnvelope.bytes(gateway.security(dialect).protect(SoapEnvelope.SOAP_11.around(request)));
        return gateway.client()
                .post(
                        area + "/v1/" + dialect.label(),
                        SoapEnvelope.SOAP_11,
                        "urn:crmgateway:" + area + ":v1:" + operation,
                        message);
    }
}
