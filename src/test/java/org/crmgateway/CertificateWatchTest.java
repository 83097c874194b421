package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.registry.Registry;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.KeyPurpose;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.RevocationLists;
import org.crmgateway.security.Revocations;
import org.crmgateway.security.TestAuthority;
import org.crmgateway.telemetry.LoggedLines;
import org.crmgateway.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator hears of a certificate's end from day 60 on, once a day. */
final class CertificateWatchTest {
    private static final Instant START = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private static final Duration DAY = Duration.ofDays(1);

    private final SettableClock clock = new SettableClock(START);
    private final LoggedLines log = new LoggedLines("alarm");
    private final Database database = TestDatabases.open(TestDatabases.h2());
    private final Telemetry telemetry = new Telemetry();
    private X509Certificate tlsCertificate;
    private final Registry registry = new Registry(database, new AuditTrail(clock), clock);

    @AfterEach
    void close() {
        log.close();
        telemetry.close();
        database.close();
    }

    @Test
    void aCertificateThatEndsIsSaidOnceADayFromDaySixtyOn() {
        KeyPairAndCertificate own = key(START.plus(Duration.ofDays(700)));
        KeyPairAndCertificate erp = key(START.plus(Duration.ofDays(61)));
        register("erp", erp, Partner.State.ACTIVE);
        register("paused", key(START.plus(Duration.ofDays(5))), Partner.State.ACTIVE);
        registry.suspend("paused");
        register("gone", key(START.plus(Duration.ofDays(5))), Partner.State.ACTIVE);
        registry.revoke("gone");
        CertificateWatch watch = watch(own, RevocationLists.NONE);

        watch.round();
        assertThat(log.seen()).isEmpty();
        assertThat(telemetry.scrape())
                .contains("name=\"erp\",owner=\"partner\"} 61")
                .contains("name=\"paused\",owner=\"partner\"} 5")
                .contains("name=\"signing-decryption\",owner=\"gateway\"} 700")
                .doesNotContain("name=\"gone\"");

        clock.pass(DAY);
        watch.round();
        watch.round();
        assertThat(log.seen())
                .containsExactly("certificate of partner erp ends: 60 days left, until "
                        + START.plus(Duration.ofDays(61)) + ", fingerprint "
                        + Fingerprint.of(erp.certificate()).value());
        clock.pass(DAY);
        watch.round();
        assertThat(log.seen()).hasSize(2);
        assertThat(telemetry.scrape()).contains("name=\"erp\",owner=\"partner\"} 59");
    }

    @Test
    void theCertificateOfThePortForTlsIsWatchedToo() {
        tlsCertificate = key(START.plus(Duration.ofDays(20))).certificate();
        watch(key(START.plus(Duration.ofDays(700))), RevocationLists.NONE).round();
        assertThat(log.seen()).singleElement().asString().startsWith("certificate of gateway tls ends: 20 days left");
        assertThat(telemetry.scrape()).contains("name=\"tls\",owner=\"gateway\"} 20");
    }

    @Test
    void aCertificateThatIsGoneIsNoLongerAMetric() {
        register("erp", key(START.plus(Duration.ofDays(100))), Partner.State.ACTIVE);
        CertificateWatch watch = watch(key(START.plus(Duration.ofDays(700))), RevocationLists.NONE);
        watch.round();
        register("erp", key(START.plus(Duration.ofDays(200))), Partner.State.ACTIVE);
        watch.round();
        assertThat(telemetry.scrape())
                .contains("name=\"erp\",owner=\"partner\"} 200")
                .doesNotContain("owner=\"partner\"} 100");
    }

    @Test
    void anOverdueListIsSaid() {
        X509CRL list = new TestAuthority("Authority").list(START.plus(Duration.ofHours(1)));
        RevocationLists lists = new RevocationLists(Map.of(list.getIssuerX500Principal(), list));
        CertificateWatch watch = watch(key(START.plus(Duration.ofDays(700))), lists);
        watch.round();
        assertThat(log.seen()).isEmpty();
        clock.pass(DAY);
        watch.round();
        assertThat(log.seen()).containsExactly("revocation list of CN=Authority is overdue: put a new one in");
    }

    private CertificateWatch watch(KeyPairAndCertificate own, RevocationLists lists) {
        KeyRing keys = new KeyRing(new OwnKeys(List.of(own)), registry, clock);
        return new CertificateWatch(
                keys,
                () -> Optional.ofNullable(tlsCertificate),
                registry,
                new Revocations(lists, Duration.ZERO, clock),
                telemetry,
                clock);
    }

    private static KeyPairAndCertificate key(Instant until) {
        return new KeyMaker(Clock.systemUTC()).make("key", START.minus(DAY), until, EnumSet.allOf(KeyPurpose.class));
    }

    private void register(String name, KeyPairAndCertificate key, Partner.State state) {
        Partner partner = PartnerDraft.named(name)
                .rights()
                .certificates(key.certificate())
                .state(state)
                .partner();
        registry.replace(Map.of(partner, Digest.of(name.getBytes(StandardCharsets.UTF_8))));
    }
}
