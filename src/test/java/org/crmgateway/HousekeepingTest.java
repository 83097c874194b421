package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {
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
