package org.crmgateway.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.crmgateway.bench.Sources;
import org.jspecify.annotations.Nullable;

/** Sends one request after the other, each from another address of this machine, so that no limit of a source steps in. */
final class Caller {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Sources sources = new Sources(60_000);
    private final int port;
    private final @Nullable SSLContext tls;

    Caller(int port) {
        this(port, null);
    }

    /** @param tls with what to connect, if the port is one for TLS */
    Caller(int port, @Nullable SSLContext tls) {
        this.port = port;
        this.tls = tls;
    }

    /** @param millis from the request's first byte to the answer's last, on a connection that stood before */
    record Answered(Reply reply, double millis) {}

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.bind(sources.next());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (tls == null) {
            return socket;
        }
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", port, true);
        secured.startHandshake();
        return secured;
    }

    Answered send(Shot shot) throws IOException {
        try (Socket socket = connected()) {
            long start = System.nanoTime();
            try {
                socket.getOutputStream().write(shot.bytes());
                if (shot.half()) {
                    socket.shutdownOutput();
                }
            } catch (SocketException e) {
                // Refused before all of it was sent; the answer is there.
            }
            Reply reply = Reply.read(socket.getInputStream());
            return new Answered(reply, (System.nanoTime() - start) / 1e6);
        }
    }
}
