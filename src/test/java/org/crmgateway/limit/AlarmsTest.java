package org.crmgateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.crmgateway.registry.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log hears of each alarm twice, not of each message. */
final class AlarmsTest {
    private final Logger log = (Logger) LoggerFactory.getLogger("alarm");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SettableClock clock = new SettableClock();
    private final Alarms alarms = new Alarms(clock);

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void leave() {
        log.detachAppender(lines);
    }

    @Test
    void oneLineWhenItBeginsAndOneWhenItIsOver() {
        for (int i = 0; i < 1_000; i++) {
            alarms.raise("erp", "erp is over");
            alarms.round();
        }
        assertThat(lines()).containsExactly("erp is over");
        clock.pass(Alarms.QUIET.plusSeconds(1));
        alarms.round();
        alarms.round();
        assertThat(lines()).containsExactly("erp is over", "over: erp is over");
    }

    @Test
    @DisplayName("A-L07: a flood of alarms is a few lines and a number")
    void manyAlarmsAreCounted() {
        for (int i = 0; i < 10_000; i++) {
            alarms.raise(i, "source");
        }
        alarms.round();
        assertThat(lines())
                .hasSize(Alarms.MOST + 1)
                .last()
                .isEqualTo(10_000 - Alarms.MOST + " more alarms, not told one by one");
        clock.pass(Duration.ofHours(1));
        alarms.round();
        assertThat(lines()).hasSize(2 * Alarms.MOST + 1);
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
