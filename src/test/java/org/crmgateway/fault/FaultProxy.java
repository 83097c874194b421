package org.crmgateway.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A network that fails: stands between two TCP ends of this machine, and does to each connection what its weather says.
 * Loopback only. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket door;
    private final Supplier<InetSocketAddress> target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition daylight = lock.newCondition();
    private final AtomicInteger cut = new AtomicInteger();
    private volatile IntFunction<Weather> forecast = number -> Weather.FAIR;
    private boolean hole;
    private int accepted;

    private FaultProxy(ServerSocket door, Supplier<InetSocketAddress> target) {
        this.door = door;
        this.target = target;
    }

    /** @param target asked for each connection: who is behind may come back on another port */
    static FaultProxy inFrontOf(Supplier<InetSocketAddress> target) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1")), target);
            proxy.thread(proxy::listen);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
    }

    /** What happens to connections that begin from now on; the first has the number 0. */
    void expect(IntFunction<Weather> weather) {
        forecast = weather;
    }

    /** Nothing passes in either direction, on connections that stand and on new ones, and nobody is told. */
    void blackHole() {
        lock.lock();
        try {
            hole = true;
        } finally {
            lock.unlock();
        }
    }

    /** What was held back passes on. */
    void recover() {
        lock.lock();
        try {
            hole = false;
            daylight.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many connections their weather has cut, each in the middle of a call. */
    int cut() {
        return cut.get();
    }

    /** Resets every connection that stands. */
    void reset() {
        open.forEach(FaultProxy::reset);
    }

    @Override
    public void close() {
        recover();
        quietly(door);
        open.forEach(FaultProxy::quietly);
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Weather weather = forecast.apply(accepted++);
                thread(() -> join(client, weather));
            } catch (IOException e) {
                // Closed, or a client that went away before it was accepted.
            }
        }
    }

    private void join(Socket client, Weather weather) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        AtomicInteger ways = new AtomicInteger(2);
        try {
            passable();
            server.connect(target.get(), 5_000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            thread(() -> pass(client, server, weather.request(), weather.ending(), ways));
            thread(() -> pass(server, client, weather.answer(), weather.ending(), ways));
        } catch (IOException | InterruptedException e) {
            end(client, server);
        }
    }

    private void pass(Socket from, Socket to, Weather.Way way, Weather.Ending ending, AtomicInteger ways) {
        try {
            boolean whole = copy(from.getInputStream(), to.getOutputStream(), way);
            if (!whole) {
                cut.incrementAndGet();
            }
            if (!whole && ending == Weather.Ending.SILENCE) {
                from.getInputStream().transferTo(OutputStream.nullOutputStream());
            } else if (!whole && ending == Weather.Ending.RESET) {
                reset(from);
                reset(to);
            } else {
                to.shutdownOutput();
            }
        } catch (IOException | InterruptedException e) {
            end(from, to);
        }
        if (ways.decrementAndGet() == 0) {
            end(from, to);
        }
    }

    /** @return false when it was cut */
    private boolean copy(InputStream in, OutputStream out, Weather.Way way) throws IOException, InterruptedException {
        byte[] buffer = new byte[way.piece(BUFFER)];
        long left = way.bytes();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            passable();
            way.hold();
            int allowed = (int) Math.min(read, left);
            out.write(buffer, 0, allowed);
            left -= allowed;
            if (left == 0) {
                return false;
            }
        }
        return true;
    }

    private void passable() throws InterruptedException {
        lock.lock();
        try {
            while (hole) {
                daylight.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket one, Socket other) {
        quietly(one);
        quietly(other);
        open.remove(one);
        open.remove(other);
    }

    private void thread(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Linger 0 makes closing a reset. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        quietly(socket);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Nothing depends on it.
        }
    }
}
