package org.crmgateway.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came back over a connection, as bytes.
 *
 * @param status 0 when the connection ended without an answer, -1 when neither came
 * @param fields of the head, as {@code name: value}
 */
record Reply(int status, List<String> fields, byte[] body) {
    /** Long enough for a slow machine; no row waits for it when it passes. */
    private static final int PATIENCE_MILLIS = 20_000;

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Sends and reads one answer. */
    static Reply to(int port, byte[] bytes, boolean half) throws IOException {
        try (Socket socket = connect(port)) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                if (half) {
                    socket.shutdownOutput();
                }
            } catch (SocketException e) {
                // Refused before all of it was sent; the answer is there.
            }
            return read(socket.getInputStream());
        }
    }

    /** Reads one answer, and not a byte more. */
    static Reply read(InputStream in) throws IOException {
        try {
            while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                    return new Reply(0, List.of(), new byte[0]);
                }
                List<String> lines = List.of(head.split("\r\n"));
                int status = Integer.parseInt(lines.get(0).split(" ")[1]);
                if (status != 100) {
                    Reply bare = new Reply(status, lines.subList(1, lines.size()), new byte[0]);
                    return new Reply(status, bare.fields, body(bare, in));
                }
            }
        } catch (SocketTimeoutException e) {
            return new Reply(-1, List.of(), new byte[0]);
        } catch (SocketException e) {
            return new Reply(0, List.of(), new byte[0]);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] body(Reply head, InputStream in) throws IOException {
        Optional<String> length = head.field("content-length");
        if (length.isPresent()) {
            return in.readNBytes(Integer.parseInt(length.get()));
        }
        if (head.field("transfer-encoding").isEmpty()) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            body.write(in.readNBytes(size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    Optional<String> field(String name) {
        return fields.stream()
                .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(field -> field.substring(name.length() + 1).strip())
                .findFirst();
    }

    Optional<String> callId() {
        return field("x-call-id");
    }

    List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        fields.forEach(field ->
                names.add(field.substring(0, Math.max(0, field.indexOf(':'))).toLowerCase(Locale.ROOT)));
        return names;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
