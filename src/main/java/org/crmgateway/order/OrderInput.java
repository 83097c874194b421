package org.crmgateway.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.crmgateway.record.Children;
import org.crmgateway.record.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * An order as sent; absent fields mean "unchanged".
 *
 * @param status DRAFT or PLACED
 * @param netAmount the sender's own total; checked against ours
 * @param clear names of the fields to empty
 */
public record OrderInput(
        @Nullable RecordKey customer,
        @Nullable LocalDate orderDate,
        @Nullable String currency,
        @Nullable OrderStatus status,
        @Nullable Children<OrderLineInput> lines,
        @Nullable BigDecimal netAmount,
        @Nullable BigDecimal taxAmount,
        @Nullable BigDecimal grossAmount,
        @Nullable String notes,
        List<String> clear) {
    public OrderInput {
        clear = List.copyOf(clear);
    }
}
