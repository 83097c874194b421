package org.crmgateway.fault;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;

/**
 * Orders that arrive at even intervals, whether or not earlier ones are answered. Each is tried until it is answered, signed
 * anew each time, at one gateway after the other; some are sent twice at once, the same bytes; some are confirmed when they are
 * answered. All of it is written into a {@link Ledger}.
 */
final class Load implements AutoCloseable {
    /** Calls at once: an ERP has so many connections. What arrives waits for one, unsent. */
    private static final int CALLERS = 24;

    private static final int TWINS_EACH = 10;
    private static final int CONFIRMED_EACH = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    /** How long what is open is still tried when no more arrives. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(60);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String run;
    private final Erp erp;
    private final IntFunction<InetSocketAddress> gateways;
    private final Ledger ledger = new Ledger();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, Load::daemon);
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(CALLERS, Load::daemon);
    private final AtomicInteger arrived = new AtomicInteger();
    /** A party for each intent that is still tried, and one for the arrivals. */
    private final Phaser pending = new Phaser(1);

    private volatile long giveUp = Long.MAX_VALUE;

    /**
     * @param run a name that no other load in the same database has
     * @param gateways where the next call goes; it is told how often its intent was tried, and which one it is
     */
    Load(String run, Erp erp, IntFunction<InetSocketAddress> gateways) {
        this.run = run;
        this.erp = erp;
        this.gateways = gateways;
    }

    /** Makes the customer that all orders are for. */
    Load prepare() {
        pending.register();
        attempt(Intents.customer(), 0, 1, false);
        return this;
    }

    /** Begins; ends with {@link #finish}. */
    Load start(int perSecond) {
        clock.scheduleAtFixedRate(this::arrive, 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
        return this;
    }

    /** Waits until so many orders have arrived. */
    Load awaitArrived(int orders) throws InterruptedException {
        while (arrived.get() < orders) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return this;
    }

    /** No more arrive; waits until each was answered or given up. */
    Ledger finish() throws InterruptedException {
        return finish(LAST_PATIENCE);
    }

    /** @param patience how long what is open is still tried */
    Ledger finish(Duration patience) throws InterruptedException {
        clock.schedule(clock::shutdown, 0, TimeUnit.NANOSECONDS);
        clock.awaitTermination(10, TimeUnit.SECONDS);
        giveUp = System.nanoTime() + patience.toNanos();
        pending.arriveAndAwaitAdvance();
        return ledger;
    }

    Ledger ledger() {
        return ledger;
    }

    private void arrive() {
        int number = arrived.getAndIncrement();
        begin(Intents.order(run, number), number, number % TWINS_EACH == 0);
    }

    private void begin(Intent intent, int number, boolean twins) {
        ledger.wanted(intent);
        pending.register();
        workers.execute(() -> attempt(intent, number, 1, twins));
    }

    private void attempt(Intent intent, int number, int times, boolean twins) {
        boolean settled = false;
        try {
            byte[] message = erp.signed(intent);
            if (twins) {
                pending.register();
                workers.execute(() -> {
                    try {
                        send(intent, message, number + 1);
                    } finally {
                        pending.arriveAndDeregister();
                    }
                });
            }
            settled = settled(intent, number, send(intent, message, number + times));
        } finally {
            if (settled || System.nanoTime() > giveUp) {
                pending.arriveAndDeregister();
            } else {
                later(intent, number, times);
            }
        }
    }

    private Attempt send(Intent intent, byte[] message, int turn) {
        Attempt attempt = erp.send(intent, message, gateways.apply(turn));
        if (!intent.key().equals("customer")) {
            ledger.note(intent, attempt);
        }
        return attempt;
    }

    private boolean settled(Intent intent, int number, Attempt attempt) {
        if (attempt.is(Outcome.ANSWERED)
                && number % CONFIRMED_EACH == 1
                && !intent.token().isEmpty()) {
            attempt.recordId().ifPresent(id -> begin(Intents.confirmation(intent, id), number, false));
        }
        return attempt.is(Outcome.ANSWERED);
    }

    private void later(Intent intent, int number, int times) {
        long pause = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(times, 10));
        workers.schedule(() -> attempt(intent, number, times + 1, false), pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "erp");
        thread.setDaemon(true);
        return thread;
    }
}
