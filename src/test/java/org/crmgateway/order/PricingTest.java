package org.crmgateway.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.crmgateway.record.Totals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PricingTest {

    @ParameterizedTest(name = "{0} x {1} per {2}, discount {3}% or {4}, tax {5}% or {6}: {7} + {8}")
    @CsvSource({
        "1, 0.005, 1, , , , , 0.01, 0.00",
        "1, 0.0149, 1, , , , , 0.01, 0.00",
        "3, 9.99, 1, , , 19, , 29.97, 5.69",
        "17, 21168.23, 17, 4, , 2, , 20321.50, 406.43",
        "7, 1, 3, , , , , 2.33, 0.00",
        "7, 1, 3, 50, , , , 1.17, 0.00",
        "10, 2.5, 1, , 5.005, , 1.005, 20.00, 1.01",
        "1, 1, 3, , 0.3333, , , 0.00, 0.00",
        "2, 5, 1, , 11, , , -1.00, 0.00"
    })
    void aLineIsRoundedOnceHalfUp(
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal per,
            @Nullable BigDecimal discountRate,
            @Nullable BigDecimal discountAmount,
            @Nullable BigDecimal taxRate,
            @Nullable BigDecimal taxAmount,
            BigDecimal net,
            BigDecimal tax) {
        Totals open = new Totals(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        OrderLine line = new OrderLine(
                1, "A", null, quantity, "C62", price, per, discountRate, discountAmount, taxRate, taxAmount, open);

        assertThat(new Pricing(2).amounts(line)).isEqualTo(new Totals(net, tax, net.add(tax)));
    }

    @Test
    void theCurrencyDecidesOnTheDecimalPlaces() {
        assertThat(Pricing.in("JPY")).contains(new Pricing(0));
        assertThat(Pricing.in("KWD")).contains(new Pricing(3));
        assertThat(Pricing.in("XAU")).isEmpty();
        assertThat(Pricing.in("ZZZ")).isEmpty();
    }
}
