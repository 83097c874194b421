package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.crmgateway.wire.SoapEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Those who are slow, or many (A-T26 to A-T32), with few connections and short deadlines; the bench has the floods. */
@ExtendWith(AttackExtension.class)
@Settings({"WEB_REQUEST_DEADLINE=1s", "WEB_IDLE_TIMEOUT=2s", "WEB_MAX_CONNECTIONS=40", "WEB_THREADS=4"})
final class SlowHttpTest {
    private static final String ORDER = "/services/order/v1/sandbox";
    private static final String POST = "POST " + ORDER + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n";
    private static final int SLOW = 20;

    @Test
    @Attack("A-T26")
    void aBodyThatWasOnlyPromisedIsNotWaitedForBeyondTheDeadline(Attacks attacks) {
        var entries = attacks.course("A-T26", "Expect: 100-continue, no body", "http 408", 1, () -> {
            try (Socket socket = Reply.connect(attacks.edge().port())) {
                send(socket, POST + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
                return "http " + Reply.read(socket.getInputStream()).status();
            }
        });
        assertThat(entries).extracting(TrailWatch.Entry::reason).containsExactly("http.late");
    }

    @Test
    @Attack("A-T27")
    void halfAHeadHoldsNoThreadAndIsCut(Attacks attacks) {
        attacks.course("A-T27", SLOW + " connections with half a head", "others served, all cut", 0, () -> {
            List<Socket> slow = open(attacks, "POST " + ORDER + " HTTP/1.1\r\nHost: loc");
            String others = othersServed(attacks) ? "others served" : "others wait";
            return others + (allCut(slow) ? ", all cut" : ", not cut");
        });
    }

    @Test
    @Attack("A-T28")
    void aBodyThatStopsHoldsNoThreadAndIsRefusedAtTheDeadline(Attacks attacks) {
        var entries = attacks.course("A-T28", SLOW + " bodies that stop", "others served, all 408", SLOW, () -> {
            List<Socket> slow = open(attacks, POST + "Content-Length: 1000\r\n\r\n" + "<".repeat(20));
            String others = othersServed(attacks) ? "others served" : "others wait";
            for (Socket socket : slow) {
                int status = Reply.read(socket.getInputStream()).status();
                if (status != 408) {
                    return others + ", one " + status;
                }
            }
            return others + ", all 408";
        });
        assertThat(entries).extracting(TrailWatch.Entry::reason).containsOnly("http.late");
    }

    @Test
    @Attack("A-T29")
    void aBodyThatDripsIsRefusedAtTheDeadline(Attacks attacks) {
        var entries = attacks.course("A-T29", "a byte now and then", "http 408", 1, () -> {
            try (Socket socket = Reply.connect(attacks.edge().port())) {
                send(socket, POST + "Content-Length: 1000000\r\n\r\n");
                socket.setSoTimeout(50);
                Reply reply = null;
                while (reply == null) {
                    reply = drip(socket);
                }
                return "http " + reply.status();
            }
        });
        assertThat(entries).extracting(TrailWatch.Entry::reason).containsExactly("http.late");
    }

    /** One more byte; the answer, when there is one. */
    private static Reply drip(Socket socket) throws IOException {
        try {
            send(socket, "<");
        } catch (SocketException e) {
            // Cut while we wrote; the answer is there.
        }
        Reply reply = Reply.read(socket.getInputStream());
        return reply.status() == -1 ? null : reply;
    }

    @Test
    @Attack("A-T30")
    void whoDoesNotReadIsCutAtTheDeadline(Attacks attacks) {
        attacks.course("A-T30", SLOW + " readers that read nothing", "others served, all cut", 0, () -> {
            List<Socket> slow = new ArrayList<>();
            // A page asked for again and again: far more answer than the buffers between us hold.
            String requests = ("GET /contract/order.html HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(200);
            for (int i = 0; i < SLOW; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(2048);
                socket.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), attacks.edge().port()));
                socket.setSoTimeout(20_000);
                slow.add(socket);
                send(socket, requests);
            }
            String others = othersServed(attacks) ? "others served" : "others wait";
            slow.forEach(SlowHttpTest::writeUntilCut);
            return others + ", all cut";
        });
    }

    /** Ends when the other side has ended the connection, and not before: then nothing can be written any more. */
    private static void writeUntilCut(Socket socket) {
        byte[] more = new byte[64 * 1024];
        try (socket) {
            while (true) {
                socket.getOutputStream().write(more);
            }
        } catch (IOException e) {
            // Cut.
        }
    }

    @Test
    @Attack("A-T31")
    void moreConnectionsThanAllowedWaitUntilOthersEnd(Attacks attacks) {
        attacks.course("A-T31", "60 idle connections where 40 may be", "all closed, others served", 0, () -> {
            List<Socket> idle = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                idle.add(Reply.connect(attacks.edge().port()));
            }
            boolean closed = allCut(idle);
            return (closed ? "all closed" : "left open")
                    + (othersServed(attacks) ? ", others served" : ", others wait");
        });
    }

    @Test
    @Attack("A-T32")
    void pipelinedRequestsAreAnsweredInTheirOrder(Attacks attacks) {
        attacks.course("A-T32", "1,000 requests on one connection", "in order", 0, () -> {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 1_000; i++) {
                String message = Payload.envelope(Payload.operation(
                        "o:getOrderChanges",
                        "<o:requestHeader><h:correlationId>NO-" + i
                                + "</h:correlationId></o:requestHeader><o:cursor>NOW</o:cursor>"));
                requests.append(POST + "Content-Length: " + message.length() + "\r\n\r\n" + message);
            }
            try (Socket socket = Reply.connect(attacks.edge().port())) {
                Thread writer = new Thread(() -> {
                    try {
                        send(socket, requests.toString());
                    } catch (IOException e) {
                        // The answers tell.
                    }
                });
                writer.start();
                InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
                for (int i = 0; i < 1_000; i++) {
                    Reply reply = Reply.read(in);
                    if (reply.status() != 200 || !reply.text().contains(">NO-" + i + "<")) {
                        return "answer " + i + " is " + reply.status() + " " + reply.text();
                    }
                }
                return "in order";
            }
        });
    }

    private static List<Socket> open(Attacks attacks, String start) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            Socket socket = Reply.connect(attacks.edge().port());
            sockets.add(socket);
            send(socket, start);
        }
        return sockets;
    }

    private static boolean othersServed(Attacks attacks) throws IOException {
        Shot harmless = Edge.post(
                ORDER,
                SoapEnvelope.SOAP_11,
                "Content-Type: text/xml\r\n",
                Payload.utf8(Payload.envelope(Payload.operation("o:getOrderChanges", "<o:cursor>NOW</o:cursor>"))));
        for (int i : IntStream.range(0, 8).toArray()) {
            if (Reply.to(attacks.edge().port(), harmless.bytes(), false).status() != 200) {
                return false;
            }
        }
        return true;
    }

    /** Whether the other side ends each without a word. */
    private static boolean allCut(List<Socket> sockets) throws IOException {
        boolean cut = true;
        for (Socket socket : sockets) {
            try (socket) {
                cut &= Reply.read(socket.getInputStream()).status() == 0;
            } catch (SocketTimeoutException e) {
                cut = false;
            }
        }
        return cut;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
