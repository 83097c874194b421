package org.crmgateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many connections and the clock in one thread: a sender must cost little where it shares a machine with what it measures. Times
 * are those of {@link System#nanoTime}. Everything happens in the thread that calls {@link #run}.
 */
public final class EventLoop implements AutoCloseable {
    private static final long MILLI = 1_000_000;

    private final Selector selector;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));

    private record Timer(long at, Runnable task) {}

    public EventLoop() throws IOException {
        selector = Selector.open();
    }

    /** Runs a task at a time, or up to a millisecond later. */
    public void at(long nanos, Runnable task) {
        timers.add(new Timer(nanos, task));
    }

    /**
     * Begins to connect; the conversation is told when it can go on.
     *
     * @param source address of this machine; null for whichever
     * @param receiveBuffer bytes; 0 for the system's choice
     */
    public SelectionKey connect(
            @Nullable SocketAddress source, SocketAddress target, int receiveBuffer, Conversation conversation)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (source != null) {
                channel.bind(source);
            }
            boolean connected = channel.connect(target);
            return channel.register(
                    selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, conversation);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Serves connections and timers until told to stop. */
    public void run(BooleanSupplier done) {
        try {
            while (!done.getAsBoolean()) {
                runDue();
                selector.select(EventLoop::ready, untilNext());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void runDue() {
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().at() <= now) {
            timers.remove().task().run();
        }
    }

    /** In milliseconds; never 0, which would be for ever. */
    private long untilNext() {
        long wait = timers.isEmpty() ? 50 : (timers.peek().at() - System.nanoTime()) / MILLI + 1;
        return Math.max(1, Math.min(50, wait));
    }

    private static void ready(SelectionKey key) {
        Conversation conversation = (Conversation) key.attachment();
        try {
            conversation.ready(key);
        } catch (IOException | CancelledKeyException e) {
            conversation.broken();
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
