package org.crmgateway.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket of this machine that every address in an attack names. Nobody may ever connect to it. */
final class Trap implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger hits = new AtomicInteger();

    Trap() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread watcher = new Thread(this::watch, "trap");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
                hits.incrementAndGet();
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    int hits() {
        return hits.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
