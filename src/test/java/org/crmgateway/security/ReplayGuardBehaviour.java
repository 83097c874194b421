package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.crmgateway.attack.Attack;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.security.ReplayGuard.Sighting;
import org.junit.jupiter.api.Test;

/** What the replay guard does on either database. */
interface ReplayGuardBehaviour {
    TestDatabases.Settings settings();

    @Test
    default void aSignatureIsNewOnce() {
        try (Database database = TestDatabases.open(settings())) {
            ReplayGuard guard = guard(database, clock());
            assertThat(guard.see(digest("one"))).isEqualTo(Sighting.FIRST);
            assertThat(guard.see(digest("one"))).isEqualTo(Sighting.REPEATED);
            assertThat(guard.see(digest("two"))).isEqualTo(Sighting.FIRST);
        }
    }

    @Test
    default void ofTheSameBytesOnTwoNodesAtOnceOneIsNew() throws Exception {
        try (Database database = TestDatabases.open(settings())) {
            SettableClock clock = clock();
            List<ReplayGuard> nodes = List.of(guard(database, clock), guard(database, clock));
            ExecutorService senders = Executors.newFixedThreadPool(12);
            for (int round = 0; round < 10; round++) {
                Digest signature = digest("round " + round);
                CountDownLatch together = new CountDownLatch(1);
                List<Future<Sighting>> answers = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    ReplayGuard node = nodes.get(i % 2);
                    answers.add(senders.submit(() -> {
                        together.await();
                        return node.see(signature);
                    }));
                }
                together.countDown();
                int fresh = 0;
                for (Future<Sighting> answer : answers) {
                    fresh += answer.get() == Sighting.FIRST ? 1 : 0;
                }
                assertThat(fresh).isEqualTo(1);
            }
            senders.shutdown();
        }
    }

    @Test
    @Attack("A-R18")
    default void aSignatureIsForgottenOnlyWhenItsTimestampCannotBeAcceptedAnyMore() {
        try (Database database = TestDatabases.open(settings())) {
            SettableClock clock = clock();
            ReplayGuard guard = guard(database, clock);
            guard.see(digest("one"));
            clock.pass(Duration.ofSeconds(361));
            assertThat(guard.purge()).isZero();
            assertThat(guard.see(digest("one"))).isEqualTo(Sighting.LATE);
            clock.pass(Duration.ofSeconds(600));
            assertThat(guard.purge()).isEqualTo(1);
        }
    }

    @Test
    default void allThatIsOverIsForgottenHoweverMuchThatIs() {
        try (Database database = TestDatabases.open(settings())) {
            SettableClock clock = clock();
            database.inTransaction(tx -> {
                var rows = tx.handle().prepareBatch("INSERT INTO replay (signature, seen_at) VALUES (:name, :at)");
                for (int i = 0; i < 2_500; i++) {
                    rows.bind("name", "s" + i)
                            .bind("at", clock.instant().minus(Duration.ofHours(1)))
                            .add();
                }
                return rows.execute();
            });
            ReplayGuard guard = guard(database, clock);
            guard.see(digest("one"));

            assertThat(guard.purge()).isEqualTo(2_500);
            assertThat(guard.see(digest("one"))).isEqualTo(Sighting.REPEATED);
        }
    }

    @Test
    default void aRepetitionIsOneOfTheSameSecondForTwoSeconds() {
        try (Database database = TestDatabases.open(settings())) {
            SettableClock clock = clock();
            ReplayGuard guard = guard(database, clock);
            guard.see(digest("one"));
            clock.pass(Duration.ofSeconds(2));
            assertThat(guard.see(digest("one"))).isEqualTo(Sighting.REPEATED);
            clock.pass(Duration.ofMillis(1));
            assertThat(guard.see(digest("one"))).isEqualTo(Sighting.LATE);
        }
    }

    @Test
    @Attack("A-R15 A-R17")
    default void aClockThatJumpsMakesNothingNew() {
        try (Database database = TestDatabases.open(settings())) {
            SettableClock clock = new SettableClock(Instant.now());
            ReplayGuard guard = guard(database, clock);
            guard.see(digest("one"));
            clock.pass(Duration.ofMinutes(-10));
            assertThat(guard.see(digest("one"))).isNotEqualTo(Sighting.FIRST);
            clock.pass(Duration.ofHours(1));
            assertThat(guard.purge()).isZero();
            assertThat(guard.see(digest("one"))).isNotEqualTo(Sighting.FIRST);
        }
    }

    /** Behind the database's, so that what is over here is over there. */
    private static SettableClock clock() {
        return new SettableClock(Instant.now().minus(Duration.ofDays(1)));
    }

    private static ReplayGuard guard(Database database, SettableClock clock) {
        return new ReplayGuard(database, new TestSecurity(Sandbox.LOOPBACK), clock);
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
