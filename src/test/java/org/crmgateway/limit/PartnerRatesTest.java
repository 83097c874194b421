package org.crmgateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.crmgateway.call.Allowance;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.partner.PartnerLimits;
import org.crmgateway.registry.SettableClock;
import org.junit.jupiter.api.Test;

/** Calls a minute, by partner. */
final class PartnerRatesTest {
    private final SettableClock clock = new SettableClock();
    private final PartnerRates rates = new PartnerRates(clock);
    private final Partner sixty = partner(60);

    @Test
    void aPartnerWithoutALimitIsNotCounted() {
        assertThat(rates.count(PartnerDraft.named("free").partner(), false)).isEmpty();
    }

    @Test
    void answersSayWhatIsLeftAndWhenAllOfItIsBack() {
        assertThat(rates.count(sixty, false)).contains(new Allowance(60, 59, Duration.ofSeconds(1)));
        assertThat(rates.count(sixty, false)).contains(new Allowance(60, 58, Duration.ofSeconds(2)));
        clock.pass(Duration.ofMinutes(1));
        assertThat(rates.count(sixty, false)).contains(new Allowance(60, 59, Duration.ofSeconds(1)));
    }

    @Test
    void beyondTheLimitTheFaultSaysWhenToGoOn() {
        Partner two = partner(2);
        rates.count(two, false);
        rates.count(two, false);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> rates.count(two, false))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(Code.RATE_LIMITED);
                    assertThat(failure.detail().retryAfter()).isEqualTo(Duration.ofSeconds(30));
                });
        clock.pass(Duration.ofSeconds(30));
        assertThat(rates.count(two, false)).isPresent();
    }

    @Test
    void whoRepeatsAPartnersMessagesCannotLockItOut() {
        Partner four = partner(4);
        assertThat(rates.count(four, true)).isPresent();
        assertThat(rates.count(four, true)).isPresent();
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> rates.count(four, true));
        assertThat(rates.count(four, false)).isPresent();
        assertThat(rates.count(four, false)).isPresent();
    }

    @Test
    void aChangedLimitHoldsFromTheNextCall() {
        rates.count(partner(2), false);
        assertThat(rates.count(partner(100), false)).map(Allowance::remaining).contains(99);
    }

    @Test
    void aClockThatWasSetBackGivesNothingAndTakesNothing() {
        rates.count(sixty, false);
        clock.pass(Duration.ofHours(-1));
        assertThat(rates.count(sixty, false)).map(Allowance::remaining).contains(58);
    }

    private static Partner partner(int callsPerMinute) {
        return PartnerDraft.named("erp")
                .limits(new PartnerLimits(callsPerMinute, null, null))
                .partner();
    }
}
