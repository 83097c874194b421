package org.crmgateway.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far a long task is: one line written over again on a terminal, a plain line each tenth elsewhere. Thread-safe. */
final class Progress implements AutoCloseable {
    private static final int CELLS = 30;
    private static final int PLAIN_LINES = 10;
    private static final long REDRAW_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private final long total;
    private final long start = System.nanoTime();
    private long done;
    private long drawnAt = start;
    private long drawnTenths;

    /** @param total how many steps there will be, at least 1 */
    Progress(PrintStream out, boolean terminal, String what, long total) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    synchronized void advance(long steps) {
        done += steps;
        long now = System.nanoTime();
        long tenths = done * PLAIN_LINES / total;
        if (terminal && now - drawnAt >= REDRAW_NANOSECONDS) {
            drawnAt = now;
            out.print("\r" + line(now));
            out.flush();
        } else if (!terminal && tenths > drawnTenths) {
            drawnTenths = tenths;
            out.println(line(now));
        }
    }

    /** Leaves the last state standing. */
    @Override
    public synchronized void close() {
        if (terminal) {
            out.println("\r" + line(System.nanoTime()));
        }
    }

    private String line(long now) {
        double seconds = (now - start) / 1e9;
        int filled = (int) Math.min(CELLS, done * CELLS / total);
        String bar = "█".repeat(filled) + "░".repeat(CELLS - filled);
        return String.format(
                Locale.ROOT,
                "%-10s %s %,d of %,d, %,.0f/s   ",
                what,
                bar,
                done,
                total,
                seconds > 0 ? done / seconds : 0);
    }
}
