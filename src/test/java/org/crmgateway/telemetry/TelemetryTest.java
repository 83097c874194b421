package org.crmgateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.crmgateway.attack.Attack;
import org.crmgateway.call.Call;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Message;
import org.crmgateway.call.Request;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.PartnerDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TelemetryTest {
    private final Telemetry telemetry = new Telemetry();

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void callsAreCountedByPartnerOperationAndOutcome() {
        telemetry.called(call("erp-hamburg"), Outcome.ANSWERED, Duration.ofMillis(12));
        telemetry.called(call("erp-hamburg"), Outcome.ANSWERED, Duration.ofMillis(30));
        telemetry.called(call("erp-hamburg"), Outcome.NOT_FOUND, Duration.ofMillis(3));
        assertThat(telemetry.scrape())
                .contains(
                        "crm_call_seconds_count{operation=\"createOrder\",outcome=\"answered\",partner=\"erp-hamburg\"} 2")
                .contains(
                        "crm_call_seconds_count{operation=\"createOrder\",outcome=\"not_found\",partner=\"erp-hamburg\"} 1")
                .contains("crm_call_latency_seconds_bucket{operation=\"createOrder\",le=\"0.025\"} 2");
    }

    @Test
    void refusedMessagesAreCountedByReason() {
        telemetry.refused("xml.dtd");
        assertThat(telemetry.scrape()).contains("crm_refused_total{reason=\"xml.dtd\"} 1.0");
    }

    @Test
    @Attack("A-L06")
    void moreNamesThanTheLimitShareOneLabel() {
        for (int i = 0; i < 1_000; i++) {
            telemetry.called(call("p" + i), Outcome.ANSWERED, Duration.ZERO);
            telemetry.refused("reason." + i);
        }
        assertThat(telemetry.scrape().lines().filter(line -> line.startsWith("crm_call_seconds_count")))
                .hasSize(201);
        assertThat(telemetry.scrape())
                .contains("partner=\"other\"} 800")
                .contains("crm_refused_total{reason=\"other\"} 800.0");
    }

    @Test
    void aGaugeIsReadWhenAsked() {
        telemetry.gauge("crm.database.connections", "Connections in use", () -> 7);
        assertThat(telemetry.scrape()).contains("crm_database_connections 7.0").contains("jvm_memory_used_bytes");
    }

    private static Call call(String partner) {
        return new Call(
                new CallId("0000000000000000"),
                PartnerDraft.named(partner).rights(Operation.CREATE_ORDER).partner(),
                Dialect.MODERN,
                Operation.CREATE_ORDER,
                new Message(null, null),
                Request.UNREAD);
    }
}
