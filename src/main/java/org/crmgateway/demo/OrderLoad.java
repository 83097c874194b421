package org.crmgateway.demo;

import io.trino.tpch.Customer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.crmgateway.contract.SoapVersion;

/**
 * Sends many orders of the TPC-H benchmark through a running gateway, and checks through its services that each is there
 * once, with the totals the contract promises. Sent again, the same orders double nothing.
 */
public final class OrderLoad {
    private final DemoTarget target;
    private final TpchOrders generated;
    private final int threads;
    private final PrintStream out;
    private final boolean terminal;

    /**
     * @param orders how many, from 1 to 1,500,000; a smaller number is a part of a greater one
     * @param threads how many calls are made at a time
     * @param out where progress and outcome are told, in UTF-8
     * @param terminal whether {@code out} can write a line over again
     */
    public OrderLoad(DemoTarget target, int orders, int threads, PrintStream out, boolean terminal) {
        this.target = target;
        this.generated = new TpchOrders(orders);
        this.threads = threads;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Sends, reads back, compares and prints.
     *
     * @throws InterruptedException when interrupted; what was sent stays, and another run goes on from there
     */
    public LoadReport run() throws InterruptedException {
        try (ErpClient erp = ErpClient.open(target, SoapVersion.SOAP_11)) {
            List<Customer> customers = generated.customers();
            try (Progress progress = progress("customers", customers.size())) {
                new CustomerBatches(erp).save(customers, progress);
            }
            long start = System.nanoTime();
            OrderSender sender;
            try (Progress progress = progress("orders", generated.count())) {
                sender = new OrderSender(erp, generated.orders(), progress);
                send(sender);
            }
            Duration sending = Duration.ofNanos(System.nanoTime() - start);
            StoredOrders stored;
            try (Progress progress = progress("read back", generated.count())) {
                stored = StoredOrders.lookFor(generated.orders(), erp, progress);
            }
            LoadReport report = report(sender, sending, stored);
            report.print(out);
            return report;
        }
    }

    private void send(OrderSender sender) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads, work -> new Thread(work, "order-load"));
        try {
            List<Future<Void>> running = new ArrayList<>();
            Callable<Void> work = () -> {
                sender.run();
                return null;
            };
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(work));
            }
            for (Future<Void> worker : running) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending orders broke off", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private LoadReport report(OrderSender sender, Duration sending, StoredOrders stored) {
        int differs = 0;
        long largest = 0;
        for (Iterator<TpchOrder> orders = generated.orders(); orders.hasNext(); ) {
            TpchOrder order = orders.next();
            long difference =
                    Math.abs(order.ownTotalInCents() - order.expected().grossInCents());
            differs += difference == 0 ? 0 : 1;
            largest = Math.max(largest, difference);
        }
        return new LoadReport(
                generated.count(),
                sending,
                sender.outcomes(),
                sender.resent(),
                stored.missing(),
                stored.doubled(),
                stored.different(),
                differs,
                largest);
    }

    private Progress progress(String what, int total) {
        return new Progress(out, terminal, what, total);
    }
}
