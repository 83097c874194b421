package org.crmgateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.crmgateway.attack.Attack;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.partner.PartnerLimits;
import org.crmgateway.security.KeyMaker;
import org.junit.jupiter.api.Test;

/** What the registry does, on whatever database. */
interface RegistryBehaviour {
    X509Certificate HAMBURG = certificate("hamburg");
    X509Certificate VIENNA = certificate("vienna");

    /** An empty database of this test. */
    Database database();

    private static X509Certificate certificate(String name) {
        return new KeyMaker(Clock.systemUTC()).make(name, Duration.ofDays(1)).certificate();
    }

    @Test
    default void anAppliedPartnerIsFoundByNameAndCertificate() {
        Registry registry = node(new SettableClock());
        Partner declared = partner("erp-hamburg", HAMBURG, VIENNA);
        assertThat(registry.apply(Map.of(declared, content("a")))).containsExactly(declared);
        assertThat(registry.named("erp-hamburg")).contains(declared);
        assertThat(registry.withCertificate(Fingerprint.of(VIENNA))).contains(declared);
        assertThat(registry.certificates()).containsExactly(HAMBURG, VIENNA);
        assertThat(registry.list()).containsExactly(declared);
        assertThat(registry.named("erp-vienna")).isEmpty();
    }

    @Test
    default void everySettingComesBack() {
        Registry registry = node(new SettableClock());
        Partner declared = PartnerDraft.named("p")
                .tenant("t2")
                .dialects(Dialect.COMPATIBLE, Dialect.SANDBOX)
                .rights(Operation.GET_ORDER)
                .encryptFaults()
                .repeatReads()
                .totalTolerance(new BigDecimal("0.05"))
                .limits(new PartnerLimits(600, null, 1L << 20))
                .partner();
        registry.apply(Map.of(declared, content("a")));
        assertThat(registry.named("p")).contains(declared);
    }

    @Test
    default void aContentIsAppliedOnceForEver() {
        Registry registry = node(new SettableClock());
        registry.apply(Map.of(partner("p", HAMBURG), content("first")));
        assertThat(registry.apply(Map.of(partner("p", HAMBURG, VIENNA), content("second"))))
                .hasSize(1);
        assertThat(registry.apply(Map.of(partner("p", HAMBURG), content("first"))))
                .isEmpty();
        assertThat(registry.certificates()).containsExactly(HAMBURG, VIENNA);
    }

    @Test
    default void theOperatorMayReplaceByAnOldContent() {
        Registry registry = node(new SettableClock());
        registry.apply(Map.of(partner("p", HAMBURG), content("first")));
        registry.apply(Map.of(partner("p", VIENNA), content("second")));
        registry.replace(Map.of(partner("p", HAMBURG), content("first")));
        assertThat(registry.certificates()).containsExactly(HAMBURG);
        assertThat(registry.withCertificate(Fingerprint.of(VIENNA))).isEmpty();
    }

    @Test
    default void aFileLiftsNeitherSuspensionNorRevocation() {
        Registry registry = node(new SettableClock());
        registry.apply(Map.of(partner("s", HAMBURG), content("1")));
        registry.apply(Map.of(partner("r", VIENNA), content("1")));
        registry.suspend("s");
        registry.revoke("r");
        registry.apply(Map.of(partner("s", HAMBURG), content("2")));
        registry.replace(Map.of(partner("r", VIENNA), content("2")));
        assertThat(registry.list())
                .extracting(Partner::state)
                .containsExactly(Partner.State.REVOKED, Partner.State.SUSPENDED);
        assertThat(registry.certificates()).isEmpty();
        assertThat(registry.withCertificate(Fingerprint.of(HAMBURG))).isPresent();
    }

    @Test
    default void aCertificateOfAnotherPartnerIsRefusedAndNothingIsHalfWritten() {
        Registry registry = node(new SettableClock());
        registry.apply(Map.of(partner("p", HAMBURG), content("1")));
        assertThatThrownBy(() -> registry.apply(Map.of(partner("q", VIENNA, HAMBURG), content("2"))))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining(Fingerprint.of(HAMBURG).value())
                .hasMessageContaining("belongs to partner p");
        assertThat(registry.list()).extracting(Partner::name).containsExactly("p");
        assertThat(registry.apply(Map.of(partner("q", VIENNA), content("2")))).hasSize(1);
    }

    @Test
    default void ofSeveralFilesAllAreAppliedOrNone() {
        Registry registry = node(new SettableClock());
        Map<Partner, Digest> files = new LinkedHashMap<>();
        files.put(partner("p", HAMBURG), content("1"));
        files.put(partner("q", HAMBURG), content("2"));
        assertThatThrownBy(() -> registry.apply(files)).isInstanceOf(OperatorError.class);
        assertThatThrownBy(() -> registry.replace(files)).isInstanceOf(OperatorError.class);
        assertThat(registry.list()).isEmpty();
    }

    @Test
    default void aPartnerStaysInItsTenant() {
        Registry registry = node(new SettableClock());
        registry.apply(Map.of(partner("p", HAMBURG), content("1")));
        Partner moved =
                PartnerDraft.named("p").tenant("other").dialects().rights().partner();
        assertThatThrownBy(() -> registry.apply(Map.of(moved, content("2"))))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("belongs to tenant main");
    }

    @Test
    @Attack("A-Z07")
    default void aSuspensionActsOnAnotherNodeWithinTwoSeconds() {
        SettableClock clock = new SettableClock();
        Registry here = node(clock);
        Registry there = node(clock);
        here.apply(Map.of(partner("p", HAMBURG), content("1")));
        assertThat(there.named("p").orElseThrow().state()).isEqualTo(Partner.State.ACTIVE);
        here.suspend("p");
        assertThat(here.named("p").orElseThrow().state()).isEqualTo(Partner.State.SUSPENDED);
        clock.pass(KnownPartners.FRESH);
        assertThat(there.named("p").orElseThrow().state()).isEqualTo(Partner.State.SUSPENDED);
        assertThat(there.certificates()).isEmpty();
        here.resume("p");
        clock.pass(KnownPartners.FRESH);
        assertThat(there.certificates()).containsExactly(HAMBURG);
    }

    @Test
    default void anUnknownCertificateIsAskedForOnlyEveryTwoSeconds() {
        SettableClock clock = new SettableClock();
        Registry here = node(clock);
        Registry there = node(clock);
        assertThat(there.withCertificate(Fingerprint.of(HAMBURG))).isEmpty();
        here.apply(Map.of(partner("p", HAMBURG), content("1")));
        assertThat(there.withCertificate(Fingerprint.of(HAMBURG))).isEmpty();
        clock.pass(KnownPartners.FRESH);
        assertThat(there.withCertificate(Fingerprint.of(HAMBURG))).isPresent();
    }

    @Test
    default void whileTheDatabaseIsAwayTheLastFailureAnswersForHalfASecond() {
        SettableClock clock = new SettableClock();
        Registry registry = node(clock);
        registry.apply(Map.of(partner("p", HAMBURG), content("1")));
        rename("partner_revision", "away");
        assertThatThrownBy(() -> registry.named("p")).isInstanceOf(Failure.class);
        rename("away", "partner_revision");

        assertThatThrownBy(() -> registry.named("p")).isInstanceOf(Failure.class);
        clock.pass(KnownPartners.AWAY);
        assertThat(registry.named("p")).isPresent();
    }

    private void rename(String table, String to) {
        database().inTransaction(tx -> tx.handle().execute("ALTER TABLE " + table + " RENAME TO " + to));
    }

    @Test
    default void aRevokedPartnerStaysRevoked() {
        Registry registry = node(new SettableClock());
        registry.apply(Map.of(partner("p", HAMBURG), content("1")));
        registry.revoke("p");
        registry.revoke("p");
        assertThatThrownBy(() -> registry.resume("p"))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("revoked");
        assertThatThrownBy(() -> registry.suspend("p")).isInstanceOf(OperatorError.class);
        assertThatThrownBy(() -> registry.suspend("nobody"))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("no partner called nobody");
    }

    @Test
    default void nodesThatStartTogetherApplyTheSameFileOnce() throws Exception {
        SettableClock clock = new SettableClock();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Partner>>> applied = IntStream.range(0, 4)
                    .mapToObj(i -> nodes.submit(() -> node(clock).apply(Map.of(partner("p", HAMBURG), content("1")))))
                    .toList();
            int times = 0;
            for (Future<List<Partner>> each : applied) {
                times += each.get().size();
            }
            assertThat(times).isEqualTo(1);
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    default void everyChangeIsInTheAuditTrail() {
        Registry registry = node(new SettableClock());
        registry.apply(Map.of(partner("p", HAMBURG), content("1")));
        registry.apply(Map.of(partner("p", HAMBURG), content("1")));
        registry.suspend("p");
        registry.resume("p");
        registry.revoke("p");
        List<String> trail = database()
                .inTransaction(tx -> tx.handle()
                        .createQuery(
                                "SELECT event || ' ' || record_id || ' ' || version FROM audit_entry ORDER BY written")
                        .mapTo(String.class)
                        .list());
        assertThat(trail).containsExactly("applied p 1", "suspended p 2", "resumed p 3", "revoked p 4");
    }

    private Registry node(SettableClock clock) {
        return new Registry(database(), new AuditTrail(clock), clock);
    }

    private static Partner partner(String name, X509Certificate... certificates) {
        return PartnerDraft.named(name).certificates(certificates).partner();
    }

    private static Digest content(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
