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
    /** Before the point. */
    private static final int MOST_DIGITS = 14;

    /** The arithmetic in {@code currency}; empty when ISO 4217 has no such currency with minor units. */
    static Optional<Pricing> in(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? Optional.empty() : Optional.of(new Pricing(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Net, tax and gross of a line by its terms; the net is negative when the discount exceeds the price. */
    Totals amounts(OrderLine line) {
        BigDecimal price = line.quantity().multiply(line.unitPrice());
        BigDecimal net;
        if (line.discountAmount() != null) {
            net = price.subtract(line.discountAmount().multiply(line.priceQuantity()))
                    .divide(line.priceQuantity(), minorUnits, HALF_UP);
        } else {
            // One division, so that nothing is rounded before the result.
            net = price.multiply(HUNDRED.subtract(orZero(line.discountRate())))
                    .divide(line.priceQuantity().multiply(HUNDRED), minorUnits, HALF_UP);
        }
        BigDecimal tax = line.taxAmount() != null
                ? line.taxAmount().setScale(minorUnits, HALF_UP)
                : net.multiply(orZero(line.taxRate())).divide(HUNDRED, minorUnits, HALF_UP);
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

    /** Whether the contract's amounts can carry it; none of the three is larger than the gross. */
    static boolean fits(Totals amounts) {
        return amounts.gross().precision() - amounts.gross().scale() <= MOST_DIGITS;
    }

    private static BigDecimal orZero(@Nullable BigDecimal rate) {
        return rate == null ? BigDecimal.ZERO : rate;
    }
}
