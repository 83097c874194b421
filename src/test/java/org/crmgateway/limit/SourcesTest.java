package org.crmgateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.crmgateway.registry.SettableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is remembered of where messages come from. */
final class SourcesTest {
    private static final Source ONE = new Source("192.0.2.1");
    private static final Source OTHER = new Source("192.0.2.2");

    private final SettableClock clock = new SettableClock();
    private final Sources sources = new Sources(new SourceLimits(3, 2, 5), clock);

    SourcesTest() {
        sources.count();
    }

    @Test
    void theAddressesOfOneIpv6SubscriberAreOneSource() throws Exception {
        assertThat(Source.of(InetAddress.getByName("2001:db8:1:2::1")))
                .isEqualTo(Source.of(InetAddress.getByName("2001:db8:1:2:ffff::9")))
                .isNotEqualTo(Source.of(InetAddress.getByName("2001:db8:1:3::1")));
        assertThat(Source.of(InetAddress.getByName("192.0.2.1"))).isEqualTo(ONE);
        assertThat(Source.of(InetAddress.getByName("::ffff:192.0.2.1"))).isEqualTo(ONE);
    }

    @Test
    @DisplayName("A-T31: a source has so many connections at once, a known one five times as many")
    void connectionsAtOnceAreLimitedBySource() {
        for (int i = 0; i < 3; i++) {
            assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.OPEN);
        }
        assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.MANY);
        assertThat(sources.connect(OTHER)).isEqualTo(Sources.Entry.OPEN);
        sources.disconnect(ONE);
        assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.OPEN);

        sources.verified(ONE);
        for (int i = 3; i < 15; i++) {
            assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.OPEN);
        }
        assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.MANY);
    }

    @Test
    @DisplayName("A-T31: a source opens so many connections a second")
    void newConnectionsAreLimitedByRate() {
        for (int i = 0; i < 4; i++) {
            assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.OPEN);
            sources.disconnect(ONE);
        }
        assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.FAST);
        assertThat(sources.connect(OTHER)).isEqualTo(Sources.Entry.OPEN);
        clock.pass(Duration.ofMillis(500));
        assertThat(sources.connect(ONE)).isEqualTo(Sources.Entry.OPEN);
    }

    @Test
    void ofAStrangerALargeMessageCountsOnceForEachQuarterOfAMebibyte() {
        assertThat(sources.refused(ONE, 4 * 262_144)).isZero();
        assertThat(sources.refused(ONE, 262_143)).isEqualTo(Duration.ofSeconds(10));
        sources.verified(OTHER);
        assertThat(sources.refused(OTHER, 40 * 262_144)).isZero();
    }

    @Test
    @DisplayName("A-O08: beyond so many refusals a minute a source is not read for a while, longer each time")
    void pausesGrow() {
        assertThat(refuse(ONE, 5)).isZero();
        assertThat(sources.pause(ONE)).isZero();
        assertThat(sources.refused(ONE, 1_000)).isEqualTo(Duration.ofSeconds(10));
        assertThat(sources.pause(ONE)).isEqualTo(Duration.ofSeconds(10));
        assertThat(sources.pause(OTHER)).isZero();
        clock.pass(Duration.ofSeconds(10));
        assertThat(sources.pause(ONE)).isZero();
        assertThat(refuse(ONE, 2)).isEqualTo(Duration.ofSeconds(20));
        clock.pass(Duration.ofSeconds(20));
        assertThat(refuse(ONE, 3)).isEqualTo(Duration.ofSeconds(40));
        for (int i = 0; i < 8; i++) {
            clock.pass(sources.pause(ONE));
            assertThat(refuse(ONE, 6)).isPositive();
        }
        assertThat(sources.pause(ONE)).isEqualTo(Standing.LONGEST_PAUSE);
    }

    @Test
    void aPauseThatBeganByAClockThatWasAheadEndsWhenThatIsSetRight() {
        clock.pass(Duration.ofHours(2));
        refuse(ONE, 6);
        assertThat(sources.pause(ONE)).isPositive();

        clock.pass(Duration.ofHours(-2));

        assertThat(sources.pause(ONE)).isZero();
    }

    @Test
    @DisplayName("A-U11: nobody is locked out for ever: ten quiet minutes and a pause is a first one again")
    void aPauseIsForgotten() {
        refuse(ONE, 6);
        clock.pass(Duration.ofSeconds(10));
        assertThat(refuse(ONE, 5)).isEqualTo(Duration.ofSeconds(20));
        clock.pass(Duration.ofMinutes(11));
        assertThat(refuse(ONE, 6)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName(
            "A-U11: an ERP behind one address with one misconfigured job has ten times the refusals and short pauses")
    void aKnownSourceIsBorneMoreFrom() {
        sources.verified(ONE);
        assertThat(refuse(ONE, 50)).isZero();
        assertThat(sources.refused(ONE, 1_000)).isEqualTo(Duration.ofSeconds(10));
        clock.pass(Duration.ofSeconds(10));
        assertThat(refuse(ONE, 20)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsRefusedDuringAPauseDoesNotLengthenIt() {
        refuse(ONE, 6);
        assertThat(refuse(ONE, 100)).isZero();
        assertThat(sources.pause(ONE)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aSourceIsKnownForAWeekAfterItsLastCall() {
        assertThat(sources.known(ONE)).isFalse();
        sources.verified(ONE);
        sources.connect(ONE);
        clock.pass(Duration.ofDays(6));
        sources.verified(ONE);
        clock.pass(Duration.ofDays(6));
        assertThat(sources.known(ONE)).isTrue();
        clock.pass(Duration.ofDays(1));
        assertThat(sources.known(ONE)).isFalse();
        assertThat(refuse(ONE, 6)).isPositive();
    }

    @Test
    void refusalsBeforeTheGatewayHasCalledItselfDoNotCount() {
        Sources starting = new Sources(new SourceLimits(3, 2, 1), clock);
        starting.refused(ONE, 1_000);
        starting.refused(ONE, 1_000);
        assertThat(starting.pause(ONE)).isZero();
    }

    @Test
    @DisplayName("A-T31: an attacker with many addresses does not fill the memory, nor push out who is known")
    void theTableIsBounded() {
        sources.verified(ONE);
        sources.connect(OTHER);
        for (int i = 0; i < 3 * Sources.MOST_STRANGERS; i++) {
            sources.refused(new Source("198.51.100." + i), 1_000);
        }
        assertThat(sources.size()).isLessThanOrEqualTo(Sources.MOST_STRANGERS + 1);
        assertThat(sources.known(ONE)).isTrue();
        sources.connect(OTHER);
        sources.connect(OTHER);
        assertThat(sources.connect(OTHER)).isEqualTo(Sources.Entry.MANY);
    }

    /** The last pause that began. */
    private Duration refuse(Source source, int times) {
        Duration pause = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            Duration begun = sources.refused(source, 1_000);
            pause = begun.isZero() ? pause : begun;
        }
        return pause;
    }
}
