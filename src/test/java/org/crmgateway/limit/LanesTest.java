package org.crmgateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each partner has its share of the workers. */
final class LanesTest {
    private static final int ANY = Integer.MAX_VALUE;

    private final Lanes lanes = new Lanes(12, 4, Duration.ZERO);

    @Test
    void aPartnerAloneGetsHalf() {
        assertThat(fill("a", false)).hasSize(6);
    }

    @Test
    void whoComesNextAlwaysFindsAPlaceWhateverOthersHold() {
        fill("a", false);
        assertThat(fill("b", false)).hasSize(3);
        assertThat(fill("c", false)).isNotEmpty();
        assertThat(fill("d", false)).isNotEmpty();
    }

    @Test
    @DisplayName("A-Z10: the batches of one partner leave room for its own single calls and for others' batches")
    void batchesAreBoundedApart() {
        assertThat(fill("a", true)).hasSize(2);
        assertThat(fill("a", false)).isNotEmpty();
        assertThat(fill("b", true)).isNotEmpty();
        assertThat(fill("c", false)).isNotEmpty();
    }

    @Test
    void aPlaceThatIsLeftIsFreeOnce() {
        List<Lanes.Place> places = fill("a", true);
        places.forEach(Lanes.Place::leave);
        places.forEach(Lanes.Place::leave);
        assertThat(lanes.inUse("a")).isZero();
        assertThat(fill("a", true)).hasSize(2);
        assertThat(lanes.inUse("a")).isEqualTo(2);
    }

    @Test
    void aBatchWaitsForItsTurn() throws Exception {
        Lanes patient = new Lanes(12, 2, Duration.ofSeconds(60));
        Lanes.Place first = patient.enter("a", true, ANY);
        CompletableFuture<Lanes.Place> second = CompletableFuture.supplyAsync(() -> patient.enter("a", true, ANY));
        while (patient.inUse("a") < 2) {
            Thread.onSpinWait();
        }
        assertThat(second).isNotDone();
        first.leave();
        assertThat(second.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void beyondItsOwnLimitAPartnerIsToldSo() {
        lanes.enter("a", false, 1);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> lanes.enter("a", false, 1))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(Code.RATE_LIMITED);
                    assertThat(failure.detail().retryAfter()).isPositive();
                });
        assertThat(lanes.inUse("a")).isEqualTo(1);
    }

    /** As many as the partner gets. */
    private List<Lanes.Place> fill(String partner, boolean batch) {
        List<Lanes.Place> places = new ArrayList<>();
        try {
            while (places.size() < 100) {
                places.add(lanes.enter(partner, batch, ANY));
            }
        } catch (Failure e) {
            assertThat(e.code()).isEqualTo(Code.OVERLOADED);
        }
        return places;
    }
}
