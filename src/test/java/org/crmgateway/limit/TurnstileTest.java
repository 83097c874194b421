package org.crmgateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.crmgateway.limit.Turnstile.Turn;
import org.crmgateway.registry.SettableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is worked on next. */
final class TurnstileTest {
    private static final Source GENUINE = new Source("192.0.2.1");
    private static final Source PARTNER = new Source("192.0.2.2");
    private static final Source STRANGER = new Source("198.51.100.1");
    private static final Source PROBER = new Source("198.51.100.2");

    private static final Turnstile.Patience PATIENCE =
            new Turnstile.Patience(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));

    private final Sources sources = new Sources(new SourceLimits(100, 100, 100), new SettableClock());
    private final AtomicLong now = new AtomicLong();
    private final Turnstile turnstile = new Turnstile(sources, 8, 2, 3, PATIENCE, now::get);
    private final List<String> heard = new ArrayList<>();

    TurnstileTest() {
        sources.count();
        sources.verified(GENUINE);
        sources.verified(PARTNER);
    }

    @Test
    @DisplayName("A-L07, A-O08: strangers take a part of the workers, however many they are")
    void strangersShareFewPlaces() {
        Turn first = enter("a", STRANGER);
        Turn second = enter("b", PROBER);
        Turn third = enter("c", new Source("198.51.100.3"));

        assertThat(first.atOnce()).isTrue();
        assertThat(second.atOnce()).isTrue();
        assertThat(third.atOnce()).isFalse();
        assertThat(enter("call", GENUINE).atOnce()).isTrue();
        first.leave();
        assertThat(heard).containsExactly("go c");
    }

    @Test
    void theStrangerWithFewestRefusalsGoesFirst() {
        Turn first = enter("a", STRANGER);
        enter("b", STRANGER);
        sources.refused(PROBER, 1_000);
        enter("probe", PROBER);
        enter("new", new Source("203.0.113.9"));

        first.leave();

        assertThat(heard).containsExactly("go new");
    }

    @Test
    void whenTooManyWaitTheOneWithMostRefusalsGoes() {
        enter("a", STRANGER);
        enter("b", STRANGER);
        sources.refused(PROBER, 1_000);
        for (int i = 0; i < 3; i++) {
            assertThat(enter("probe" + i, PROBER).turnedAway()).isFalse();
        }
        assertThat(enter("probe3", PROBER).turnedAway()).isTrue();
        assertThat(enter("new", new Source("203.0.113.9")).turnedAway()).isFalse();
        assertThat(heard).containsExactly("sorry probe0");
    }

    @Test
    void aKnownSourceAloneGetsHalfAndTheNextOneStillFindsAPlace() {
        List<Turn> flood = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            flood.add(enter("flood" + i, GENUINE));
        }
        assertThat(flood.stream().filter(Turn::atOnce)).hasSize(4);
        assertThat(enter("call", PARTNER).atOnce()).isTrue();

        flood.get(0).leave();
        flood.get(0).leave();
        assertThat(heard).containsExactly("go flood4");
    }

    @Test
    void whoTurnsOutToBeAPartnerLeavesTheStrangersPlace() {
        Turn first = enter("a", STRANGER);
        enter("b", PROBER);
        enter("c", PROBER);

        sources.verified(STRANGER);
        first.verified();

        assertThat(heard).containsExactly("go c");
        first.leave();
        assertThat(heard).hasSize(1);
    }

    @Test
    void whoGivesUpWaitingIsToldOnce() {
        enter("a", STRANGER);
        Turn inside = enter("b", STRANGER);
        Turn waiting = enter("c", STRANGER);
        waiting.giveUp();
        waiting.giveUp();
        inside.giveUp();
        inside.leave();
        assertThat(heard).containsExactly("sorry c");
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void whoHasEndedWhileWaitingIsNotCalled() {
        Turn first = enter("a", STRANGER);
        enter("b", STRANGER);
        enter("c", STRANGER).leave();
        first.leave();
        assertThat(heard).isEmpty();
    }

    @Test
    void whoWouldWaitTooLongIsToldAtOnce() {
        Turnstile narrow = new Turnstile(sources, 2, 1, 100, PATIENCE, now::get);
        Turn first = narrow.enter(GENUINE, turn -> {}, () -> {});
        Turn second = narrow.enter(PARTNER, turn -> {}, () -> {});
        for (int i = 0; i < 4; i++) {
            assertThat(narrow.enter(GENUINE, turn -> {}, () -> {}).turnedAway()).isFalse();
        }
        first.leave();
        now.addAndGet(400_000_000);
        second.leave();

        // 400 ms for each place, and three wait already.
        assertThat(narrow.enter(GENUINE, turn -> {}, () -> {}).turnedAway()).isTrue();
        assertThat(narrow.enter(PARTNER, turn -> {}, () -> {}).turnedAway()).isFalse();
        assertThat(narrow.waiting()).isEqualTo(3);
    }

    @Test
    void whereNothingMovesNobodyJoins() {
        Turnstile narrow = new Turnstile(sources, 2, 1, 100, PATIENCE, now::get);
        Turn first = narrow.enter(GENUINE, turn -> {}, () -> {});
        narrow.enter(PARTNER, turn -> {}, () -> {});
        for (int i = 0; i < 4; i++) {
            narrow.enter(GENUINE, turn -> {}, () -> {});
        }
        first.leave();
        assertThat(narrow.enter(GENUINE, turn -> {}, () -> {}).turnedAway()).isFalse();
        now.addAndGet(2_000_000_000);

        assertThat(narrow.enter(GENUINE, turn -> {}, () -> {}).turnedAway()).isTrue();
    }

    @Test
    void whereSomeAlwaysWaitedTheQueueIsShort() {
        Turnstile narrow = new Turnstile(sources, 4, 1, 100, PATIENCE, now::get);
        Turn first = narrow.enter(GENUINE, turn -> {}, () -> {});
        Turn second = narrow.enter(GENUINE, turn -> {}, () -> {});
        Turn early = narrow.enter(GENUINE, turn -> {}, () -> {});
        first.leave();
        now.addAndGet(80_000_000);
        second.leave();
        narrow.enter(GENUINE, turn -> {}, () -> {});
        Turn waiting = narrow.enter(GENUINE, turn -> {}, () -> {});
        assertThat(waiting.turnedAway()).isFalse();
        now.addAndGet(300_000_000);

        assertThat(narrow.enter(GENUINE, turn -> {}, () -> {}).turnedAway()).isTrue();

        waiting.leave();
        early.leave();
        assertThat(narrow.enter(GENUINE, turn -> {}, () -> {}).turnedAway()).isFalse();
    }

    private Turn enter(String name, Source source) {
        return turnstile.enter(source, turn -> heard.add("go " + name), () -> heard.add("sorry " + name));
    }
}
