package org.crmgateway.telemetry;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crmgateway.call.CallId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a bug: where it happened, but not the exceptions' texts, which may quote what a partner sent. Those need debug level. */
public final class InternalLog {
    private static final Logger LOG = LoggerFactory.getLogger("internal");
    private static final int FRAMES = 12;

    public void log(CallId call, Throwable thrown) {
        LOG.error("call={} {}", call.value(), trace(thrown));
        LOG.debug("call={}", call.value(), thrown);
    }

    /** Logs in one short line what a stranger's message did to a library: it is theirs to send again as often as they like. */
    public void brief(CallId call, Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        String where = frames.length == 0 ? "?" : frames[0].getClassName() + ":" + frames[0].getLineNumber();
        LOG.warn("call={} {} at {}", call.value(), thrown.getClass().getName(), where);
        LOG.debug("call={}", call.value(), thrown);
    }

    private static String trace(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(FRAMES)
                .map(cause -> cause.getClass().getName() + " at "
                        + Stream.of(cause.getStackTrace())
                                .limit(FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < ")))
                .collect(Collectors.joining(", caused by "));
    }
}
