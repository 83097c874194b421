package org.crmgateway.attack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** What {@code serve} would log, with the levels and the pattern of its configuration. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    /** Of src/main/resources/logback.xml. */
    private static final Map<String, Level> LEVELS = Map.of(
            "call", Level.INFO,
            "refusal", Level.INFO,
            "org.crmgateway", Level.INFO,
            "org.eclipse.jetty", Level.ERROR,
            "org.apache.cxf.ws.security", Level.ERROR,
            "org.apache.cxf.phase.PhaseInterceptorChain", Level.ERROR,
            "org.apache.wss4j", Level.ERROR,
            "org.apache.xml.security", Level.ERROR);

    /** They have a line for every message; the console of the tests need not. */
    private static final List<String> QUIET = List.of("call", "refusal");

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<String, Level> before = new java.util.HashMap<>();
    private final PatternLayout layout = new PatternLayout();
    private final StringBuilder text = new StringBuilder();

    LogWatch() {
        LEVELS.forEach((name, level) -> {
            Logger logger = context.getLogger(name);
            before.put(name, logger.getLevel());
            logger.setLevel(level);
        });
        setContext(context);
        layout.setContext(context);
        layout.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{20} %msg%n%ex{12}");
        layout.start();
        start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
        QUIET.forEach(name -> {
            context.getLogger(name).setAdditive(false);
            context.getLogger(name).addAppender(this);
        });
    }

    @Override
    protected void append(ILoggingEvent event) {
        synchronized (text) {
            text.append(layout.doLayout(event));
            text.notifyAll();
        }
    }

    /** Everything logged since the last time, once the line about this call is there: it comes after the answer has gone. */
    String takeAfter(String callId) {
        String wanted = "call=" + callId + " partner=";
        long end = System.nanoTime() + 10_000_000_000L;
        synchronized (text) {
            while (text.indexOf(wanted) < 0 && System.nanoTime() < end) {
                try {
                    text.wait(100);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return take();
        }
    }

    /** Everything logged since the last time. */
    String take() {
        synchronized (text) {
            String taken = text.toString();
            text.setLength(0);
            return taken;
        }
    }

    static int bytes(String log) {
        return log.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void close() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        QUIET.forEach(name -> context.getLogger(name).detachAppender(this));
        before.forEach((name, level) -> context.getLogger(name).setLevel(level));
    }
}
