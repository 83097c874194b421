package org.crmgateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.telemetry.LoggedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log hears of each alarm twice, not of each message. */
final class AlarmsTest {
    private final LoggedLines log = new LoggedLines("alarm");
    private final SettableClock clock = new SettableClock();
    private final Alarms alarms = new Alarms(clock);

    @AfterEach
    void leave() {
        log.close();
    }

    @Test
    void oneLineWhenItBeginsAndOneWhenItIsOver() {
        for (int i = 0; i < 1_000; i++) {
            alarms.raise("erp", "erp is over");
            alarms.round();
        }
        assertThat(log.seen()).containsExactly("erp is over");
        clock.pass(Alarms.QUIET.plusSeconds(1));
        alarms.round();
        alarms.round();
        assertThat(log.seen()).containsExactly("erp is over", "over: erp is over");
    }

    @Test
    @DisplayName("A-L07: a flood of alarms is a few lines and a number")
    void manyAlarmsAreCounted() {
        for (int i = 0; i < 10_000; i++) {
            alarms.raise(i, "source");
        }
        alarms.round();
        assertThat(log.seen())
                .hasSize(Alarms.MOST + 1)
                .last()
                .isEqualTo(10_000 - Alarms.MOST + " more alarms, not told one by one");
        clock.pass(Duration.ofHours(1));
        alarms.round();
        assertThat(log.seen()).hasSize(2 * Alarms.MOST + 1);
    }
}
