package org.crmgateway.order;

import java.time.LocalDate;
import java.util.List;
import org.crmgateway.record.Totals;
import org.jspecify.annotations.Nullable;

/**
 * What a customer ordered. Component names are the stored form.
 *
 * @param customerId our id of the customer
 * @param currency ISO 4217
 * @param lines by line number
 * @param totals the sums of the lines' rounded amounts
 * @param cancelReason of a cancelled order
 */
public record Order(
        String customerId,
        LocalDate orderDate,
        String currency,
        OrderStatus status,
        List<OrderLine> lines,
        Totals totals,
        @Nullable String notes,
        @Nullable String cancelReason) {
    public Order {
        lines = List.copyOf(lines);
    }

    Order with(OrderStatus next) {
        return new Order(customerId, orderDate, currency, next, lines, totals, notes, cancelReason);
    }

    Order cancelled(String reason) {
        return new Order(customerId, orderDate, currency, OrderStatus.CANCELLED, lines, totals, notes, reason);
    }
}
