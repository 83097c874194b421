package org.crmgateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP request on a connection of its own, from its first byte to the end of the connection. */
public final class Exchange implements Conversation {
    /** Up to the status: {@code HTTP/1.1 200}. */
    private static final int STATUS_LINE = 12;

    private static final int STATUS = 9;

    private final ByteBuffer request;
    private final Consumer<End> then;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096);
    private final byte[] head = new byte[STATUS_LINE];
    private int read;
    private @Nullable SelectionKey key;
    private boolean ended;

    /**
     * How it ended.
     *
     * @param status of the answer; 0 when the connection ended without one, -1 when nothing came in time
     * @param nanos when, by {@link System#nanoTime}
     */
    public record End(int status, long nanos) {
        private static final int CLOSED = 0;
        private static final int NO_ANSWER = -1;

        /** The status, or in words that there was none. */
        public String answer() {
            return switch (status) {
                case CLOSED -> "closed";
                case NO_ANSWER -> "none in time";
                default -> Integer.toString(status);
            };
        }
    }

    private Exchange(ByteBuffer request, Consumer<End> then) {
        this.request = request;
        this.then = then;
    }

    /**
     * Connects and sends; with {@code Connection: close} among the request's bytes, the gateway ends the connection.
     *
     * @param source address of this machine; null for whichever
     * @param then is told once how it ended
     */
    public static void begin(
            EventLoop loop,
            @Nullable SocketAddress source,
            SocketAddress target,
            ByteBuffer request,
            Duration patience,
            Consumer<End> then) {
        Exchange exchange = new Exchange(request, then);
        try {
            exchange.key = loop.connect(source, target, 0, exchange);
        } catch (IOException e) {
            // Of our own making: no files or ports left.
            throw new UncheckedIOException(e);
        }
        loop.at(System.nanoTime() + patience.toNanos(), () -> exchange.end(End.NO_ANSWER));
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        SocketChannel channel = (SocketChannel) ready.channel();
        if (ready.isConnectable()) {
            channel.finishConnect();
            ready.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
        if (ready.isReadable() && !receive(channel)) {
            end(status());
        } else if (ready.isWritable()) {
            channel.write(request);
            ready.interestOps(
                    request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    /** An answer may have come before we were cut. */
    @Override
    public void broken() {
        try {
            while (key != null && receive((SocketChannel) key.channel())) {
                if (buffer.position() == 0) {
                    break;
                }
            }
        } catch (IOException e) {
            // Nothing more will come.
        }
        end(status());
    }

    /** @return whether the connection goes on */
    private boolean receive(SocketChannel channel) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        for (int i = 0; i < count && read < STATUS_LINE; i++) {
            head[read++] = buffer.get(i);
        }
        return count >= 0;
    }

    private int status() {
        return read < STATUS_LINE
                ? End.CLOSED
                : Integer.parseInt(new String(head, STATUS, STATUS_LINE - STATUS, StandardCharsets.US_ASCII));
    }

    private void end(int status) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (key != null) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        then.accept(new End(status, System.nanoTime()));
    }
}
