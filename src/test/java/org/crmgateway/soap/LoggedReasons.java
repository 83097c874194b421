package org.crmgateway.soap;

import java.util.List;
import org.crmgateway.telemetry.LoggedLines;

/** What the gateway's log says about refusals and bugs, and the sender never learns. */
final class LoggedReasons implements AutoCloseable {
    private final LoggedLines lines;

    LoggedReasons() {
        this("refusal");
    }

    LoggedReasons(String name) {
        lines = new LoggedLines(name);
    }

    List<String> seen() {
        return lines.seen().stream()
                .map(line -> line.replaceFirst(".*reason=", ""))
                .toList();
    }

    @Override
    public void close() {
        lines.close();
    }
}
