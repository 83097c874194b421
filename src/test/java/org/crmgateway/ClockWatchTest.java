package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.telemetry.LoggedLines;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
    @Test
    void aClockThatDiffersFromTheDatabasesIsAnnouncedOnce() {
        try (Database database = TestDatabases.open(TestDatabases.h2());
                LoggedLines alarms = new LoggedLines("alarm")) {
            ClockWatch ahead = new ClockWatch(database, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)));
            ClockWatch right = new ClockWatch(database, Clock.systemUTC());
            ahead.round();
            ahead.round();
            right.round();

            assertThat(ahead.agrees()).isFalse();
            assertThat(ahead.seconds()).isBetween(595.0, 605.0);
            assertThat(right.agrees()).isTrue();
            assertThat(alarms.seen()).hasSize(1);
        }
    }
}
