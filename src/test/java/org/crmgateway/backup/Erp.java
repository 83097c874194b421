package org.crmgateway.backup;

import static org.crmgateway.partner.Operation.CREATE_CUSTOMER;
import static org.crmgateway.partner.Operation.CREATE_ORDER;
import static org.crmgateway.partner.Operation.GET_ORDER_CHANGES;
import static org.crmgateway.partner.Operation.SAVE_ORDERS;
import static org.crmgateway.record.TestRooms.customer;
import static org.crmgateway.record.TestRooms.draft;
import static org.crmgateway.record.TestRooms.line;
import static org.crmgateway.record.TestRooms.order;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.order.Order;
import org.crmgateway.order.OrderInput;
import org.crmgateway.record.ChangePage;
import org.crmgateway.record.Receipt;
import org.crmgateway.record.Row;
import org.crmgateway.record.TestRooms;

/** An ERP with numbered orders, each under a key of its own, so that it can be sent again. */
record Erp(TestRooms rooms) {
    private static final int BATCH = 100;
    private static final String[] NAMES = {"Nordwind", "Ærø Skib", "北风贸易", "Émile & Fils", "𝒜 beyond the plane"};

    /** With its first customer. */
    static Erp on(TestRooms rooms) {
        Erp erp = new Erp(rooms);
        for (int i = 0; i < NAMES.length; i++) {
            rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("K-" + i, customer(NAMES[i])));
        }
        return erp;
    }

    Answered<Receipt> send(int number) {
        return rooms.orders()
                .create(
                        rooms.call(CREATE_ORDER, "key ü " + number, "payload " + number),
                        draft("Ö-" + number, of(number)));
    }

    /** Sends the orders 1 to {@code last} in batches. */
    void fill(int last) {
        for (int from = 1; from <= last; from += BATCH) {
            List<Row<OrderInput>> rows = IntStream.rangeClosed(from, Math.min(last, from + BATCH - 1))
                    .mapToObj(number -> new Row<>("row " + number, draft("Ö-" + number, of(number))))
                    .toList();
            rooms.orders().save(rooms.call(SAVE_ORDERS, "batch " + from, "batch " + from), rows, true);
        }
    }

    private static OrderInput of(int number) {
        return order("K-" + number % NAMES.length, line(1, "2", "9.99"), line(2, "1", number + ".05"));
    }

    /** Sends the orders {@code from} to {@code to}, both included. */
    void send(int from, int to) {
        IntStream.rangeClosed(from, to).parallel().forEach(this::send);
    }

    ChangePage<Order> changes(String cursor) {
        return rooms.orders().changes(rooms.call(GET_ORDER_CHANGES), cursor, 100);
    }

    /** Sends one order after the other until it is closed. */
    static final class Load implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger acknowledged;
        private final CompletableFuture<Void> running;

        Load(Erp erp, int from) {
            acknowledged = new AtomicInteger(from - 1);
            running = CompletableFuture.runAsync(() -> {
                while (!ended.get()) {
                    erp.send(acknowledged.get() + 1);
                    acknowledged.incrementAndGet();
                }
            });
        }

        /** All up to this number were answered. */
        int acknowledged() {
            return acknowledged.get();
        }

        @Override
        public void close() {
            ended.set(true);
            running.join();
        }
    }
}
