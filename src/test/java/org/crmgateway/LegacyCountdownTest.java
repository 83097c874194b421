package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.registry.Registry;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.telemetry.LoggedLines;
import org.crmgateway.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator is reminded of the partners whose messages are as in 2005, until they are not. */
final class LegacyCountdownTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final LoggedLines log = new LoggedLines(LegacyCountdown.class.getName());
    private final Database database = TestDatabases.open(TestDatabases.h2());
    private final Telemetry telemetry = new Telemetry();
    private final Registry registry = new Registry(database, new AuditTrail(clock), clock);
    private final LegacyCountdown countdown = new LegacyCountdown(registry, telemetry, clock);

    @AfterEach
    void close() {
        log.close();
        telemetry.close();
        database.close();
    }

    @Test
    void nobodyIsCountedDownWhereNobodyIsOfThen() {
        register("erp", PartnerDraft.named("erp").dialects(Dialect.MODERN));
        countdown.log();
        assertThat(log.seen()).isEmpty();
        assertThat(telemetry.scrape()).contains("crm_legacy_days NaN");
    }

    @Test
    void theDaysOfEachAreLoggedAndTheFewestMeasured() {
        register("as400", legacy("as400", "2026-03-12"));
        register("vb6", legacy("vb6", "2026-06-30"));
        countdown.log();
        assertThat(log.seen())
                .containsExactlyInAnyOrder(
                        "partner as400 uses legacy-2005 until 2026-03-12: 10 days left",
                        "partner vb6 uses legacy-2005 until 2026-06-30: 120 days left");
        assertThat(telemetry.scrape()).contains("crm_legacy_days 10.0");

        clock.pass(Duration.ofDays(11));
        log.forget();
        countdown.log();
        assertThat(log.seen()).contains("partner as400 uses legacy-2005 until 2026-03-12: over, its calls are refused");
    }

    private static PartnerDraft legacy(String name, String until) {
        return PartnerDraft.named(name).dialects(Dialect.LEGACY_2005).legacy(LocalDate.parse(until), "10.0.0.0/8");
    }

    private void register(String name, PartnerDraft draft) {
        registry.replace(Map.of(draft.partner(), Digest.of(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
}
