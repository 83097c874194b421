package org.crmgateway.demo;

import java.math.BigDecimal;
import java.util.List;
import org.crmgateway.contract.order.Order;

/**
 * An order's totals by the contract's rule, worked out from the generator's lines in whole cents, without the gateway's
 * arithmetic: each line's net and tax rounded half up to a cent, then summed.
 */
record ExpectedTotals(long netInCents, long taxInCents) {

    static ExpectedTotals of(List<TpchOrder.Line> lines) {
        long net = 0;
        long tax = 0;
        for (TpchOrder.Line line : lines) {
            long lineNet = halfUpHundredth(line.priceInCents() * (100 - line.discountPercent()));
            net += lineNet;
            tax += halfUpHundredth(lineNet * line.taxPercent());
        }
        return new ExpectedTotals(net, tax);
    }

    long grossInCents() {
        return netInCents + taxInCents;
    }

    boolean equalThoseOf(Order stored) {
        return equal(netInCents, stored.getNetAmount())
                && equal(taxInCents, stored.getTaxAmount())
                && equal(grossInCents(), stored.getGrossAmount());
    }

    private static boolean equal(long cents, BigDecimal stored) {
        return stored != null && BigDecimal.valueOf(cents, 2).compareTo(stored) == 0;
    }

    /** Exact for the amounts here, which are never negative. */
    private static long halfUpHundredth(long hundredfold) {
        return (hundredfold + 50) / 100;
    }
}
