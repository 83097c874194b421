package org.crmgateway.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A length and that many bytes, over a socket, within a time: a peer that stops cannot hold a thread. */
final class Frame {
    private static final int MOST_BYTES = 1 << 20;

    private Frame() {}

    static void write(SocketChannel channel, byte[] bytes, Duration patience) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
        move(channel, SelectionKey.OP_WRITE, buffer, patience);
    }

    static byte[] read(SocketChannel channel, Duration patience) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        move(channel, SelectionKey.OP_READ, length, patience);
        int size = length.flip().getInt();
        if (size < 0 || size > MOST_BYTES) {
            throw new IOException("no frame of this protocol");
        }
        ByteBuffer content = ByteBuffer.allocate(size);
        move(channel, SelectionKey.OP_READ, content, patience);
        return content.array();
    }

    private static void move(SocketChannel channel, int direction, ByteBuffer buffer, Duration patience)
            throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, direction);
            while (buffer.hasRemaining()) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0 || selector.select(left) == 0) {
                    throw new IOException("the other side stopped");
                }
                selector.selectedKeys().clear();
                int moved = direction == SelectionKey.OP_READ ? channel.read(buffer) : channel.write(buffer);
                if (moved < 0) {
                    throw new IOException("the other side hung up");
                }
            }
        }
    }
}
