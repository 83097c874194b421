package org.crmgateway.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network that loses answers: passes a request on to the gateway and, as soon as the answer begins to arrive, resets the
 * client's connection without giving it one byte. So the gateway has done the work, and the client cannot know.
 *
 * <p>Listens on loopback only; at most {@value #MOST_CONNECTIONS} connections at a time, more are closed at once.
 */
public final class LossRelay implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 16;
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket door;
    private final URI gateway;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();

    private LossRelay(ServerSocket door, URI gateway, ExecutorService threads) {
        this.door = door;
        this.gateway = gateway;
        this.threads = threads;
    }

    /** Stands in front of the {@code http} server that {@code gateway} names. */
    public static LossRelay inFrontOf(URI gateway) {
        try {
            ServerSocket door = new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
            // One thread listens, and each connection has two: one a direction.
            ExecutorService threads = new ThreadPoolExecutor(
                    0, 1 + 2 * MOST_CONNECTIONS, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                        Thread thread = new Thread(work, "loss-relay");
                        thread.setDaemon(true);
                        return thread;
                    });
            LossRelay relay = new LossRelay(door, gateway, threads);
            threads.execute(relay::listen);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The gateway's address by way of this relay. */
    public URI address() {
        String path = gateway.getRawPath() == null ? "" : gateway.getRawPath();
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + path);
    }

    /** How many answers were lost so far. */
    public int lost() {
        return lost.get();
    }

    /** Cuts everything, and returns when no thread of the relay is left. */
    @Override
    public void close() {
        closeQuietly(door);
        threads.shutdown();
        open.forEach(LossRelay::closeQuietly);
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException e) {
                // Closed by close(), or a client that went away before it was accepted.
            }
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        open.add(client);
        open.add(upstream);
        try {
            upstream.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()), 10_000);
            threads.execute(() -> passRequests(client, upstream));
            threads.execute(() -> loseAnswer(client, upstream));
        } catch (IOException | RejectedExecutionException e) {
            end(client, upstream);
        }
        if (door.isClosed()) {
            end(client, upstream);
        }
    }

    private void passRequests(Socket client, Socket upstream) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream from = client.getInputStream();
            OutputStream to = upstream.getOutputStream();
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
            }
            upstream.shutdownOutput();
        } catch (IOException e) {
            end(client, upstream);
        }
    }

    private void loseAnswer(Socket client, Socket upstream) {
        try {
            if (upstream.getInputStream().read() >= 0) {
                lost.incrementAndGet();
                // Linger 0 makes close() a reset, so that the client sees a broken connection, not an empty answer.
                client.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // Either side went away first; the connection ends all the same.
        }
        end(client, upstream);
    }

    private void end(Socket client, Socket upstream) {
        closeQuietly(client);
        closeQuietly(upstream);
        open.remove(client);
        open.remove(upstream);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Nothing can be done about it, and nothing depends on it.
        }
    }
}
