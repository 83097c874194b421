package org.crmgateway.soap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the gateway's log says about refusals and bugs, and the sender never learns. */
final class LoggedReasons implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LoggedReasons() {
        this("refusal");
    }

    LoggedReasons(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        appender.start();
        logger.addAppender(appender);
    }

    List<String> seen() {
        return appender.list.stream()
                .map(event -> event.getFormattedMessage().replaceFirst(".*reason=", ""))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
