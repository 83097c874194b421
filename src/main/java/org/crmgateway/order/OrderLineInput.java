package org.crmgateway.order;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A line as sent; absent fields mean "unchanged". A rate replaces an amount, and the other way round.
 *
 * @param removed take the line with this number away
 */
public record OrderLineInput(
        int lineNumber,
        boolean removed,
        @Nullable String item,
        @Nullable String description,
        @Nullable BigDecimal quantity,
        @Nullable String unit,
        @Nullable BigDecimal unitPrice,
        @Nullable BigDecimal priceQuantity,
        @Nullable BigDecimal discountRate,
        @Nullable BigDecimal discountAmount,
        @Nullable BigDecimal taxRate,
        @Nullable BigDecimal taxAmount) {}
