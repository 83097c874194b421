package org.crmgateway;

import java.util.concurrent.Callable;
import org.crmgateway.console.Commands;
import org.crmgateway.console.Session;
import picocli.CommandLine.Command;

/** {@code demo}: a throw-away gateway, and an ERP that talks to it. */
@Command(name = "demo", description = "Start a throw-away gateway and play an ERP against it.")
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.say("The demo is not built yet.");
        return Commands.NOT_DONE;
    }
}
