package org.crmgateway.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lines of the log on their way to whoever reads them. When nobody does, be it a pipe that stands still or a full disk, lines
 * are dropped and counted, and calls go on. Made by {@code logback.xml}; thread-safe.
 */
public final class LogQueue extends AsyncAppender {
    private static final int LINES = 8_192;
    private static final int LAST_MILLIS = 2_000;
    private static final List<LogQueue> ALL = new CopyOnWriteArrayList<>();
    /** Lines that nobody will read, since the program began. */
    static final AtomicLong DROPPED = new AtomicLong();

    public LogQueue() {
        setName("log");
        setQueueSize(LINES);
        setNeverBlock(true);
        // Else it drops lines below WARN when a fifth of the queue is left.
        setDiscardingThreshold(0);
        setMaxFlushTime(LAST_MILLIS);
        ALL.add(this);
    }

    @Override
    protected void append(ILoggingEvent line) {
        if (getRemainingCapacity() == 0) {
            DROPPED.incrementAndGet();
        } else {
            super.append(line);
        }
    }

    /**
     * The end of the program: writes what waits, for two seconds at most. What is logged later is dropped. Whoever comes second
     * waits for the first.
     */
    public static synchronized void end() {
        ALL.forEach(LogQueue::stop);
    }
}
