package org.crmgateway.order;

import static java.math.RoundingMode.HALF_UP;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.crmgateway.record.Totals;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of orders, in exact decimals: each line is rounded once, HALF_UP, to the currency's minor units (ISO 4217),
 * and totals are sums of rounded lines.
 *
 * @param minorUnits decimal places of the currency
 */
record Pricing(int minorUnits) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The arithmetic in {@code currency}; empty when ISO 4217 has no such currency with minor units. */
    static Optional<Pricing> in(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? Optional.empty() : Optional.of(new Pricing(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Net, tax and gross of one line; the net is negative when the discount exceeds the price. */
    Totals line(
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal priceQuantity,
            @Nullable BigDecimal discountRate,
            @Nullable BigDecimal discountAmount,
            @Nullable BigDecimal taxRate,
            @Nullable BigDecimal taxAmount) {
        BigDecimal price = quantity.multiply(unitPrice);
        BigDecimal net;
        if (discountAmount != null) {
            net = price.subtract(discountAmount.multiply(priceQuantity)).divide(priceQuantity, minorUnits, HALF_UP);
        } else {
            BigDecimal rate = discountRate == null ? BigDecimal.ZERO : discountRate;
            // One division, so that nothing is rounded before the result.
            net = price.multiply(HUNDRED.subtract(rate)).divide(priceQuantity.multiply(HUNDRED), minorUnits, HALF_UP);
        }
        BigDecimal tax;
        if (taxAmount != null) {
            tax = taxAmount.setScale(minorUnits, HALF_UP);
        } else {
            BigDecimal rate = taxRate == null ? BigDecimal.ZERO : taxRate;
            tax = net.multiply(rate).divide(HUNDRED, minorUnits, HALF_UP);
        }
        return new Totals(net, tax, net.add(tax));
    }

    Totals sum(List<OrderLine> lines) {
        BigDecimal net = BigDecimal.ZERO.setScale(minorUnits);
        BigDecimal tax = net;
        for (OrderLine line : lines) {
            net = net.add(line.amounts().net());
            tax = tax.add(line.amounts().tax());
        }
        return new Totals(net, tax, net.add(tax));
    }
}
