package org.crmgateway.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** HTTP as bytes on a socket, so that anything can be sent. */
final class RawHttp {
    /** Long enough for a slow machine; no test waits for it when it passes. */
    private static final int PATIENCE_MILLIS = 20_000;

    private RawHttp() {}

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /**
     * Connects from another address of this machine, which is another source to the gateway.
     *
     * @param from e.g. {@code 127.0.1.7}
     */
    static Socket connect(String from, int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Sends {@code message} from there and reads until the server closes the connection. */
    static String exchange(String from, int port, String message) throws IOException {
        try (Socket socket = connect(from, port)) {
            send(socket, message);
            return toTheEnd(socket);
        }
    }

    /** Sends {@code message} and reads until the server closes the connection. */
    static String exchange(int port, String message) throws IOException {
        try (Socket socket = connect(port)) {
            send(socket, message);
            return toTheEnd(socket);
        }
    }

    static void send(Socket socket, String message) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(message.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** What arrives until the connection ends, in whatever way. */
    static String toTheEnd(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            // Reset: the server closed while we had bytes under way.
        }
        return text.toString();
    }

    static String request(String method, String target, String headers, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n"
                + body;
    }
}
