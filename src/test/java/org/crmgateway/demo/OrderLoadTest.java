package org.crmgateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.crmgateway.contract.SoapVersion;
import org.crmgateway.contract.order.CreateOrderRequest;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.RunningGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated orders arrive once each, whatever happens in between, and the report knows when they did not. */
final class OrderLoadTest {
    private static final int ORDERS = 40;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void ordersSentTwiceAreThereOnce() throws Exception {
        LoadReport first = load(Dialect.MODERN).run();
        LoadReport second = load(Dialect.MODERN).run();

        assertThat(first.created()).isEqualTo(ORDERS);
        assertThat(second.replayed()).isEqualTo(ORDERS);
        assertThat(List.of(first, second)).as(text()).allMatch(LoadReport::right);
        assertThat(text()).contains("40 created, 0 replayed").contains("0 created, 40 replayed");
    }

    @Test
    void anotherOrderUnderTheSameIdIsFound() throws Exception {
        load(Dialect.SANDBOX).run();
        TpchOrder stolen = new TpchOrders(ORDERS).orders().next();
        try (ErpClient erp = ErpClient.open(target(Dialect.SANDBOX), SoapVersion.SOAP_11)) {
            CreateOrderRequest copy = stolen.request();
            copy.getOrder().setExternalId("COPY");
            copy.getRequestHeader().setIdempotencyKey("COPY");
            copy.getOrder().getLines().getLine().remove(0);
            erp.orders().createOrder(copy);
        }

        LoadReport report = load(Dialect.SANDBOX).run();

        assertThat(report.right()).isFalse();
        assertThat(report.doubled()).isEqualTo(1);
        assertThat(report.different()).isEqualTo(1);
        assertThat(text()).contains("✗ stored").contains("✗ totals");
    }

    @Test
    void anInterruptionEndsIt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> load(Dialect.SANDBOX).run()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void everyKindOfLossMakesTheReportWrong() {
        assertThat(report(Map.of("created", 3L, "replayed", 2L), 0, 0, 0).right())
                .isTrue();
        assertThat(report(Map.of("created", 4L), 0, 0, 0).right()).isFalse();
        assertThat(report(Map.of("created", 5L), 1, 0, 0).right()).isFalse();
        assertThat(report(Map.of("created", 5L), 0, 1, 0).right()).isFalse();
        assertThat(report(Map.of("created", 5L), 0, 0, 1).right()).isFalse();
    }

    @Test
    void whatWasRefusedIsCountedByItsCode() {
        report(Map.of("created", 3L, "CUSTOMER_BLOCKED", 2L), 2, 0, 0).print(out);

        assertThat(text()).contains("✗ sent").contains("2 CUSTOMER_BLOCKED").contains("✗ stored: 3 of 5 found");
    }

    @Test
    void progressIsOneLineOnATerminalAndALineATenthElsewhere() {
        try (Progress progress = new Progress(out, false, "orders", 1000)) {
            for (int i = 0; i < 1000; i++) {
                progress.advance(1);
            }
        }
        assertThat(text().lines()).hasSize(10);
        told.reset();
        try (Progress progress = new Progress(out, true, "orders", 1000)) {
            progress.advance(1000);
        }
        assertThat(text()).startsWith("\r").containsOnlyOnce("\n").contains("1,000 of 1,000");
    }

    private static LoadReport report(Map<String, Long> outcomes, int missing, int doubled, int different) {
        return new LoadReport(5, Duration.ofSeconds(1), outcomes, 0, missing, doubled, different, 5, 9);
    }

    private OrderLoad load(Dialect dialect) {
        return new OrderLoad(target(dialect), ORDERS, 3, out, false);
    }

    private DemoTarget target(Dialect dialect) {
        return gateway.target(dialect);
    }

    private String text() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
