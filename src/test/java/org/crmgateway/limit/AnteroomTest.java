package org.crmgateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.crmgateway.limit.Anteroom.Guest;
import org.junit.jupiter.api.Test;

/** Whose messages are read, while nobody knows who sends them. */
final class AnteroomTest {
    private static final Source STRANGER = new Source("198.51.100.1");
    private static final Source OTHER = new Source("198.51.100.2");

    private final Anteroom anteroom = new Anteroom(2);
    private final List<String> heard = new ArrayList<>();

    @Test
    void ofOneSourceAFewAreReadAtOnceAndTheOthersInTheirOrder() {
        Guest first = enter("a", STRANGER);
        Guest second = enter("b", STRANGER);
        Guest third = enter("c", STRANGER);
        Guest fourth = enter("d", STRANGER);

        assertThat(first.atOnce()).isTrue();
        assertThat(second.atOnce()).isTrue();
        assertThat(third.atOnce()).isFalse();
        assertThat(enter("e", OTHER).atOnce()).isTrue();
        assertThat(anteroom.waiting()).isEqualTo(2);

        second.leave();
        assertThat(heard).containsExactly("c");
        second.leave();
        assertThat(heard).containsExactly("c");
        third.leave();
        assertThat(heard).containsExactly("c", "d");
        assertThat(fourth.giveUp()).isFalse();
        fourth.leave();
        assertThat(anteroom.waiting()).isZero();
    }

    @Test
    void whoGivesUpIsNotCalled() {
        Guest first = enter("a", STRANGER);
        enter("b", STRANGER);
        Guest third = enter("c", STRANGER);
        assertThat(third.giveUp()).isTrue();
        assertThat(third.giveUp()).isFalse();
        third.leave();
        first.leave();
        assertThat(heard).isEmpty();
        assertThat(anteroom.waiting()).isZero();
    }

    @Test
    void whenTheSourceIsKnownAllGoIn() {
        Guest first = enter("a", STRANGER);
        enter("b", STRANGER);
        enter("c", STRANGER);
        enter("d", STRANGER);
        anteroom.open(STRANGER);
        assertThat(heard).containsExactly("c", "d");
        first.leave();
        assertThat(enter("e", STRANGER).atOnce()).isFalse();
    }

    @Test
    void whoIsInsideKeepsItsPlaceThoughItsPatienceIsOver() {
        Guest first = enter("a", STRANGER);
        enter("b", STRANGER);
        assertThat(first.giveUp()).isFalse();
        assertThat(enter("c", STRANGER).atOnce()).isFalse();
    }

    @Test
    void nothingIsRememberedOfASourceThatHasLeft() {
        for (int i = 0; i < 100; i++) {
            Guest guest = enter("a", STRANGER);
            assertThat(guest.atOnce()).isTrue();
            guest.leave();
        }
        anteroom.open(STRANGER);
        assertThat(heard).isEmpty();
    }

    private Guest enter(String name, Source source) {
        return anteroom.enter(source, () -> heard.add(name));
    }
}
