package org.crmgateway.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.crmgateway.contract.common.RecordKey;
import org.crmgateway.contract.header.RequestHeader;
import org.crmgateway.contract.order.CreateOrderRequest;
import org.crmgateway.contract.order.OrderInput;
import org.crmgateway.contract.order.OrderLineInput;
import org.crmgateway.contract.order.OrderLineInputList;

/**
 * One order of the TPC-H benchmark with its lines (TPC-H 3.0.1, section 4.2.3), in US dollars.
 *
 * @param customerKey TPC-H's number of the customer
 * @param ownTotalInCents o_totalprice, TPC-H's own figure
 */
record TpchOrder(long key, long customerKey, LocalDate date, long ownTotalInCents, List<Line> lines) {
    private static final String NOTES = "TPC-H order ";

    /**
     * One line of an order.
     *
     * @param priceInCents l_extendedprice: of the whole quantity, before discount and tax
     */
    record Line(int number, long part, long quantity, long priceInCents, long discountPercent, long taxPercent) {
        Line {
            if (priceInCents % quantity != 0) {
                throw new IllegalArgumentException("TPC-H prices one piece in whole cents");
            }
        }

        private OrderLineInput input() {
            OrderLineInput line = new OrderLineInput();
            line.setLineNumber(number);
            line.setItem("PART-" + part);
            line.setQuantity(BigDecimal.valueOf(quantity));
            line.setUnit("C62");
            line.setUnitPrice(BigDecimal.valueOf(priceInCents / quantity, 2));
            line.setDiscountRate(BigDecimal.valueOf(discountPercent));
            line.setTaxRate(BigDecimal.valueOf(taxPercent));
            return line;
        }
    }

    TpchOrder {
        lines = List.copyOf(lines);
    }

    static String customerId(long customerKey) {
        return "TPCH-C" + customerKey;
    }

    /** What stands in the order's notes, so that an order is recognised without trusting its external id. */
    String notes() {
        return NOTES + key;
    }

    ExpectedTotals expected() {
        return ExpectedTotals.of(lines);
    }

    /** The same request for the same order, however often it is made; so a second run repeats the first. */
    CreateOrderRequest request() {
        RecordKey customer = new RecordKey();
        customer.setExternalId(customerId(customerKey));
        OrderInput order = new OrderInput();
        order.setExternalId("TPCH-O" + key);
        order.setCustomer(customer);
        order.setOrderDate(date);
        order.setCurrency("USD");
        order.setNotes(notes());
        OrderLineInputList list = new OrderLineInputList();
        lines.forEach(line -> list.getLine().add(line.input()));
        order.setLines(list);
        RequestHeader header = new RequestHeader();
        header.setIdempotencyKey("TPCH-O" + key);
        CreateOrderRequest request = new CreateOrderRequest();
        request.setRequestHeader(header);
        request.setOrder(order);
        return request;
    }
}
