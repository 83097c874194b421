package org.crmgateway.demo;

import io.trino.tpch.Customer;
import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.GenerateUtils;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.TextPool;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.StreamSupport;

/**
 * The first orders of TPC-H, at scale factor 1 if nothing else is said, the same every time, whatever their number. Generated while they are read, so
 * any number of them fits into memory.
 */
final class TpchOrders {
    /** As many orders as scale factor 1 has. */
    static final int MOST = 1_500_000;

    /** TPC-H cuts its comments out of 300 MiB of text; nothing here depends on them. */
    private static final int TEXT_BYTES = 1 << 20;

    private final int count;
    private final double scale;
    private final Distributions distributions = Distributions.getDefaultDistributions();
    private final TextPool text;

    TpchOrders(int count) {
        this(count, 1);
    }

    /** @param scale TPC-H's scale factor: of so many times 150,000 customers two thirds have orders */
    TpchOrders(int count, double scale) {
        if (count < 1 || count > scale * MOST) {
            throw new IllegalArgumentException("from 1 to " + scale * MOST + " orders can be generated");
        }
        this.count = count;
        this.scale = scale;
        this.text = new TextPool(TEXT_BYTES, distributions);
    }

    int count() {
        return count;
    }

    /** The customers these orders belong to, each once. */
    List<Customer> customers() {
        BitSet wanted = new BitSet();
        Iterator<Order> orders = orderGenerator().iterator();
        for (int i = 0; i < count; i++) {
            wanted.set(Math.toIntExact(orders.next().getCustomerKey()));
        }
        return StreamSupport.stream(new CustomerGenerator(scale, 1, 1, distributions, text).spliterator(), false)
                .limit(wanted.length())
                .filter(customer -> wanted.get(Math.toIntExact(customer.getCustomerKey())))
                .toList();
    }

    /** The orders in their order; not thread-safe. */
    Iterator<TpchOrder> orders() {
        return new Joined(count, orderGenerator().iterator(), lineGenerator().iterator());
    }

    private OrderGenerator orderGenerator() {
        return new OrderGenerator(scale, 1, 1, distributions, text);
    }

    private LineItemGenerator lineGenerator() {
        return new LineItemGenerator(scale, 1, 1, distributions, text);
    }

    /** Orders and lines come from two generators, in the same sequence of orders. */
    private static final class Joined implements Iterator<TpchOrder> {
        private final Iterator<Order> orders;
        private final Iterator<LineItem> lines;
        private int left;
        private LineItem next;

        Joined(int count, Iterator<Order> orders, Iterator<LineItem> lines) {
            this.orders = orders;
            this.lines = lines;
            this.left = count;
            this.next = lines.next();
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public TpchOrder next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            left--;
            Order order = orders.next();
            List<TpchOrder.Line> own = new ArrayList<>();
            while (next.getOrderKey() == order.getOrderKey()) {
                own.add(line(next));
                if (!lines.hasNext()) {
                    break;
                }
                next = lines.next();
            }
            return new TpchOrder(
                    order.getOrderKey(),
                    order.getCustomerKey(),
                    LocalDate.parse(GenerateUtils.formatDate(order.getOrderDate())),
                    order.getTotalPriceInCents(),
                    own);
        }

        private static TpchOrder.Line line(LineItem item) {
            return new TpchOrder.Line(
                    item.getLineNumber(),
                    item.getPartKey(),
                    item.getQuantity(),
                    item.getExtendedPriceInCents(),
                    item.getDiscountPercent(),
                    item.getTaxPercent());
        }
    }
}
