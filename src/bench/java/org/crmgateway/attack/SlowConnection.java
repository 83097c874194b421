package org.crmgateway.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.crmgateway.bench.Conversation;
import org.crmgateway.bench.EventLoop;
import org.crmgateway.bench.Sources;

/** A connection that keeps the gateway busy by being slow, opened anew a second after it is cut. */
final class SlowConnection implements Conversation {
    private static final long SECOND = 1_000_000_000;
    private static final int SMALLEST_WINDOW = 2048;

    /** What it is slow at. */
    enum At {
        /** Half a head, and then nothing (A-T27). */
        HEAD("POST /services/order/v1/modern HTTP/1.1\r\nHost: localhost\r\nContent-Ty"),
        /** A body of a byte a second (A-T29). */
        BODY("POST /services/order/v1/modern HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n"
                + "Content-Length: 100000\r\n\r\n"),
        /** Asks for large pages, more and more, and never reads one (A-T30). */
        READING("GET /contract/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /services/order/v1/modern?wsdl HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(60));

        private final ByteBuffer opening;

        At(String opening) {
            this.opening = ByteBuffer.wrap(opening.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Counts of all of them. */
    static final class Tally {
        int opened;
        int cut;
        int open;
    }

    private final EventLoop loop;
    private final At at;
    private final Sources sources;
    private final SocketAddress target;
    private final Tally tally;
    private ByteBuffer opening = ByteBuffer.allocate(0);
    private SelectionKey key;

    SlowConnection(EventLoop loop, At at, Sources sources, SocketAddress target, Tally tally) {
        this.loop = loop;
        this.at = at;
        this.sources = sources;
        this.target = target;
        this.tally = tally;
    }

    void open() {
        try {
            opening = at.opening.duplicate();
            key = loop.connect(sources.next(), target, at == At.READING ? SMALLEST_WINDOW : 0, this);
            tally.opened++;
            tally.open++;
            SelectionKey mine = key;
            loop.at(System.nanoTime() + SECOND, () -> drip(mine));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        SocketChannel channel = (SocketChannel) ready.channel();
        if (ready.isConnectable()) {
            channel.finishConnect();
        } else if (ready.isReadable() && channel.read(ByteBuffer.allocate(1024)) < 0) {
            throw new IOException("cut");
        }
        int reading = at == At.READING ? 0 : SelectionKey.OP_READ;
        if (opening.hasRemaining()) {
            channel.write(opening);
        }
        // What is not written yet the next drip tries again.
        ready.interestOps(reading);
    }

    /** A byte, or what is left of the opening; also the only way in which someone who never reads learns of being cut. */
    private void drip(SelectionKey mine) {
        if (mine != key || !mine.isValid()) {
            return;
        }
        SocketChannel channel = (SocketChannel) mine.channel();
        try {
            if (channel.isConnected() && opening.hasRemaining()) {
                channel.write(opening);
            } else if (channel.isConnected() && at != At.HEAD) {
                channel.write(ByteBuffer.wrap(new byte[] {'\r'}));
            }
            loop.at(System.nanoTime() + SECOND, () -> drip(mine));
        } catch (IOException e) {
            broken();
        }
    }

    @Override
    public void broken() {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tally.cut++;
        tally.open--;
        loop.at(System.nanoTime() + SECOND, this::open);
    }
}
