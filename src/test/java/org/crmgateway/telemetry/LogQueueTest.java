package org.crmgateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogQueueTest {
    /** The queue holds 8,192, and its reader may have taken as many. */
    private static final int LINES = 20_000;

    private final LoggerContext context = new LoggerContext();
    private final CountDownLatch reader = new CountDownLatch(1);
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final LogQueue queue = new LogQueue();

    @Test
    void linesThatNobodyReadsAreDroppedAndCountedAndTheOthersCome() {
        Logger logger = logger();
        long before = LogQueue.DROPPED.get();

        for (int i = 0; i < LINES; i++) {
            logger.info("line {}", i);
        }

        long dropped = LogQueue.DROPPED.get() - before;
        assertThat(dropped).isPositive();
        reader.countDown();
        queue.stop();
        assertThat(read).startsWith("line 0", "line 1").hasSize((int) (LINES - dropped));
    }

    private Logger logger() {
        AppenderBase<ILoggingEvent> slow = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                try {
                    reader.await();
                } catch (InterruptedException e) {
                    // Told to end: it writes what waits.
                }
                read.add(line.getFormattedMessage());
            }
        };
        context.setMDCAdapter(MDC.getMDCAdapter());
        slow.setContext(context);
        slow.start();
        queue.setContext(context);
        queue.addAppender(slow);
        queue.start();
        Logger logger = context.getLogger("lines");
        logger.setLevel(Level.INFO);
        logger.addAppender(queue);
        return logger;
    }
}
