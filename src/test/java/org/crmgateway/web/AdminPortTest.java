package org.crmgateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.crmgateway.web.RawHttp.exchange;
import static org.crmgateway.web.RawHttp.request;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdminPortTest {
    private final AdminPort admin = AdminPort.open(TestWebConfig.usual());
    private final Telemetry telemetry = new Telemetry();
    private final AtomicBoolean warm = new AtomicBoolean();

    @BeforeEach
    void start() {
        admin.start(
                telemetry,
                List.of(new ReadinessCheck("database", () -> true), new ReadinessCheck("warm-up", warm::get)));
    }

    @AfterEach
    void stop() {
        admin.close();
        telemetry.close();
    }

    @Test
    void itIsLiveAtOnce() throws IOException {
        assertThat(get("/health/live")).startsWith("HTTP/1.1 200").endsWith("live\n");
    }

    @Test
    void itIsReadyWhenEveryCheckHolds() throws IOException {
        assertThat(get("/health/ready")).startsWith("HTTP/1.1 503").endsWith("database: yes\nwarm-up: no\n");
        warm.set(true);
        assertThat(get("/health/ready")).startsWith("HTTP/1.1 200").endsWith("database: yes\nwarm-up: yes\n");
    }

    @Test
    void metricsAreInThePrometheusFormat() throws IOException {
        telemetry.refused("xml.dtd");
        assertThat(get("/metrics"))
                .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8")
                .contains("crm_refused_total{reason=\"xml.dtd\"} 1.0");
    }

    @Test
    void nothingElseIsThere() throws IOException {
        assertThat(get("/")).startsWith("HTTP/1.1 404").doesNotContain("Server:");
        assertThat(exchange(admin.port(), request("POST", "/metrics", "Content-Length: 0\r\n", "")))
                .startsWith("HTTP/1.1 405");
    }

    @Test
    void aPortInUseIsToldWithItsKey() {
        TestWebConfig same = new TestWebConfig(admin.port(), Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThatThrownBy(() -> AdminPort.open(same))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("web.admin-port")
                .hasMessageContaining("web.admin-host");
    }

    private String get(String path) throws IOException {
        return exchange(admin.port(), request("GET", path, "", ""));
    }
}
