package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {
    @Test
    void itEndsWithALastRound() {
        List<String> done = new ArrayList<>();
        try (Housekeeping housekeeping = new Housekeeping()) {
            housekeeping.every(Duration.ofDays(1), "first", () -> done.add("first"));
            housekeeping.every(Duration.ofDays(1), "second", () -> done.add("second"));
        }
        assertThat(done).endsWith("first", "second").hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void workThatFailsHoweverBadlyIsDoneAgain() throws InterruptedException {
        CountDownLatch rounds = new CountDownLatch(3);
        try (Housekeeping housekeeping = new Housekeeping()) {
            housekeeping.every(Duration.ofMillis(1), "fail", () -> {
                rounds.countDown();
                throw new AssertionError("not even a RuntimeException");
            });
            assertThat(rounds.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }
}
