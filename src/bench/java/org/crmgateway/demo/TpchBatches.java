package org.crmgateway.demo;

import io.trino.tpch.Customer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** TPC-H's customers and orders as requests of 200 rows, made while they are read. */
public final class TpchBatches {
    public static final int ROWS = 200;

    /** With it 200,000 customers have orders. */
    private static final double SCALE = 2;

    private static final String NAMESPACES = " xmlns:customer=\"urn:crmgateway:customer:v1\""
            + " xmlns:order=\"urn:crmgateway:order:v1\" xmlns:header=\"urn:crmgateway:header:v1\""
            + " xmlns:common=\"urn:crmgateway:common:v1\"";

    private final TpchOrders generated;

    public TpchBatches(int orders) {
        this.generated = new TpchOrders(orders, SCALE);
    }

    /** Requests of saveCustomers. */
    public Iterator<String> customers() {
        return batches(generated.customers().iterator(), "customer:saveCustomers", TpchBatches::row);
    }

    /** Requests of saveOrders. */
    public Iterator<String> orders() {
        return batches(generated.orders(), "order:saveOrders", TpchBatches::row);
    }

    /** How a partner names an order of the sequence, whose first is 1: TPC-H uses 8 of each 32 keys (section 4.2.3). */
    public static String orderId(int place) {
        return orderName((long) (place >> 3) << 5 | place & 7);
    }

    private static String orderName(long key) {
        return "TPCH-O" + key;
    }

    private static <T> Iterator<String> batches(Iterator<T> rows, String operation, Function<T, String> row) {
        String prefix = operation.substring(0, operation.indexOf(':'));
        return new Iterator<>() {
            private int batches;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public String next() {
                List<String> some = new ArrayList<>();
                while (some.size() < ROWS && rows.hasNext()) {
                    some.add("<" + prefix + ":row><" + prefix + ":rowId>" + some.size() + "</" + prefix + ":rowId>"
                            + row.apply(rows.next()) + "</" + prefix + ":row>");
                }
                return "<" + operation + NAMESPACES + "><" + prefix + ":requestHeader><header:idempotencyKey>"
                        + operation
                        + ++batches + "</header:idempotencyKey></" + prefix + ":requestHeader><" + prefix
                        + ":allOrNone>true</" + prefix + ":allOrNone>" + String.join("", some) + "</" + operation + ">";
            }
        };
    }

    private static String row(Customer customer) {
        return "<customer:customer><customer:externalId>" + TpchOrder.customerId(customer.getCustomerKey())
                + "</customer:externalId><customer:name>" + customer.getName()
                + "</customer:name><customer:kind>ORGANIZATION</customer:kind><customer:segment>"
                + customer.getMarketSegment() + "</customer:segment><customer:phone>" + customer.getPhone()
                + "</customer:phone></customer:customer>";
    }

    private static String row(TpchOrder order) {
        return "<order:order><order:externalId>" + orderName(order.key())
                + "</order:externalId><order:customer><common:externalId>" + TpchOrder.customerId(order.customerKey())
                + "</common:externalId></order:customer><order:orderDate>" + order.date()
                + "</order:orderDate><order:currency>USD</order:currency><order:lines>"
                + order.lines().stream().map(TpchBatches::line).collect(Collectors.joining())
                + "</order:lines></order:order>";
    }

    private static String line(TpchOrder.Line line) {
        return "<order:line><order:lineNumber>" + line.number() + "</order:lineNumber><order:item>PART-" + line.part()
                + "</order:item><order:quantity>" + line.quantity() + "</order:quantity><order:unit>C62</order:unit>"
                + "<order:unitPrice>" + BigDecimal.valueOf(line.priceInCents() / line.quantity(), 2)
                + "</order:unitPrice><order:discountRate>" + line.discountPercent()
                + "</order:discountRate><order:taxRate>"
                + line.taxPercent() + "</order:taxRate></order:line>";
    }
}
