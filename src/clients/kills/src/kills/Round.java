package kills;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kills.Sandbox.Order;
import kills.Sandbox.Refused;

/** The orders of one customer, sent until the gateway dies under them. */
final class Round {
    private static final int SENDERS = 4;

    private final String customer;
    /** Our id to the gateway's. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    /** Sent, and no answer came: done or not, nobody knows. */
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    /** @param customer its external id, and the beginning of those of its orders; new */
    Round(String customer) {
        this.customer = customer;
    }

    /**
     * Makes the customer and begins to send.
     *
     * @return reaches zero when all senders have lost the gateway
     */
    CountDownLatch send(Sandbox sandbox) throws IOException, InterruptedException, Refused {
        sandbox.createCustomer(customer);
        CountDownLatch running = new CountDownLatch(SENDERS);
        IntStream.range(0, SENDERS).forEach(i -> new Thread(() -> send(sandbox, running), "sender-" + i).start());
        return running;
    }

    private void send(Sandbox sandbox, CountDownLatch running) {
        boolean alive = true;
        while (alive) {
            String order = customer + "-" + next.incrementAndGet();
            try {
                acknowledged.put(order, sandbox.createOrder(customer, order));
            } catch (IOException e) {
                unknown.add(order);
                alive = false;
            } catch (Refused e) {
                refusals.add(e.getMessage());
                alive = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                alive = false;
            }
        }
        running.countDown();
    }

    int sent() {
        return next.get();
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /**
     * Sends again what got no answer.
     *
     * @return how many of them had been done
     */
    int sendUnknownAgain(Sandbox sandbox) throws IOException, InterruptedException, Refused {
        Map<String, String> before = stored(sandbox);
        int done = 0;
        for (String order : Set.copyOf(unknown)) {
            String id = sandbox.createOrder(customer, order);
            acknowledged.put(order, id);
            if (before.containsKey(order)) {
                done++;
                require(before.get(order).equals(id), order + " was doubled by sending it again");
            }
        }
        unknown.clear();
        return done;
    }

    /** Whether each acknowledged order is there once, under the id that was answered, and nothing that was never sent. */
    void verify(Sandbox sandbox) throws IOException, InterruptedException, Refused {
        require(refusals.isEmpty(), "refused: " + refusals);
        Map<String, String> stored = stored(sandbox);
        acknowledged.forEach((order, id) -> require(
                id.equals(stored.get(order)),
                order + " was acknowledged as " + id + ", stored is " + stored.get(order)));
        stored.keySet()
                .forEach(order -> require(
                        acknowledged.containsKey(order) || unknown.contains(order),
                        order + " is there and was never sent"));
    }

    private Map<String, String> stored(Sandbox sandbox) throws IOException, InterruptedException, Refused {
        List<Order> orders = sandbox.orders(customer);
        Map<String, String> stored = new HashMap<>();
        orders.forEach(order ->
                require(stored.put(order.externalId(), order.id()) == null, order.externalId() + " is there twice"));
        return stored;
    }

    static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
