package org.crmgateway.fault;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Sends to those gateways that say they are ready, as a load balancer does: it asks several times a second. */
final class Balancer implements IntFunction<InetSocketAddress>, AutoCloseable {
    private static final long PAUSE_MILLIS = 250;

    private final List<Node> nodes;
    private final Map<Node, Boolean> ready = new ConcurrentHashMap<>();
    private final ScheduledExecutorService asking = Executors.newScheduledThreadPool(2);

    Balancer(List<Node> nodes) {
        this.nodes = nodes;
        for (Node node : nodes) {
            Admin admin = new Admin(node);
            ready.put(node, true);
            asking.scheduleWithFixedDelay(() -> ready.put(node, admin.ready()), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public InetSocketAddress apply(int turn) {
        List<Node> all = nodes.stream().filter(ready::get).toList();
        List<Node> among = all.isEmpty() ? nodes : all;
        return among.get(turn % among.size()).address();
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
