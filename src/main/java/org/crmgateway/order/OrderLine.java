package org.crmgateway.order;

import java.math.BigDecimal;
import org.crmgateway.record.Totals;
import org.jspecify.annotations.Nullable;

/**
 * A line as stored: the terms that were agreed, and our figures.
 *
 * @param lineNumber stable within the order, given by the sender
 * @param quantity in {@code unit}
 * @param unit UN/ECE Recommendation 20
 * @param unitPrice for {@code priceQuantity} units, in the order's currency
 * @param discountRate percent; never beside {@code discountAmount}
 * @param taxRate percent; never beside {@code taxAmount}
 * @param amounts rounded to the currency's minor units
 */
public record OrderLine(
        int lineNumber,
        String item,
        @Nullable String description,
        BigDecimal quantity,
        String unit,
        BigDecimal unitPrice,
        BigDecimal priceQuantity,
        @Nullable BigDecimal discountRate,
        @Nullable BigDecimal discountAmount,
        @Nullable BigDecimal taxRate,
        @Nullable BigDecimal taxAmount,
        Totals amounts) {

    OrderLine with(Totals computed) {
        return new OrderLine(
                lineNumber,
                item,
                description,
                quantity,
                unit,
                unitPrice,
                priceQuantity,
                discountRate,
                discountAmount,
                taxRate,
                taxAmount,
                computed);
    }
}
