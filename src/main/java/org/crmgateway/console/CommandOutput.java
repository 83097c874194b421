package org.crmgateway.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a running gateway says to a command, as it says it: frames of some bytes of its output, and one with its exit code at
 * the end. The first byte of a frame tells which.
 */
final class CommandOutput extends ByteArrayOutputStream {
    static final byte OUT = 1;
    static final byte ERR = 2;
    private static final byte END = 0;
    private static final int MOST_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final byte kind;
    private final Duration patience;

    CommandOutput(SocketChannel channel, byte kind, Duration patience) {
        this.channel = channel;
        this.kind = kind;
        this.patience = patience;
    }

    /** Sends what was written since the last time. */
    @Override
    public void flush() throws IOException {
        byte[] all = toByteArray();
        reset();
        for (int from = 0; from < all.length; from += MOST_BYTES) {
            send(channel, kind, Arrays.copyOfRange(all, from, Math.min(all.length, from + MOST_BYTES)), patience);
        }
    }

    static void end(SocketChannel channel, int exitCode, Duration patience) throws IOException {
        send(channel, END, ByteBuffer.allocate(Integer.BYTES).putInt(exitCode).array(), patience);
    }

    /**
     * The other side: passes on what comes until the end.
     *
     * @param patience how long the command may be silent
     * @return its exit code
     */
    static int copy(SocketChannel channel, Duration patience, PrintStream out, PrintStream err) throws IOException {
        while (true) {
            byte[] frame = Frame.read(channel, patience);
            byte kind = frame.length == 0 ? -1 : frame[0];
            if (kind == END && frame.length == 1 + Integer.BYTES) {
                return ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
            } else if (kind == OUT || kind == ERR) {
                PrintStream to = kind == OUT ? out : err;
                to.write(frame, 1, frame.length - 1);
                to.flush();
            } else {
                throw new IOException("no frame of this protocol");
            }
        }
    }

    private static void send(SocketChannel channel, byte kind, byte[] bytes, Duration patience) throws IOException {
        Frame.write(
                channel,
                ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array(),
                patience);
    }
}
