package org.crmgateway;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.crmgateway.config.Settings;
import org.crmgateway.console.Commands;
import org.crmgateway.console.FirstStart;
import org.crmgateway.console.Session;
import picocli.CommandLine.Command;

/** {@code serve}: runs the gateway until it is told to stop (SIGTERM, SIGINT); calls in progress are finished. */
@Command(
        name = "serve",
        description = "Run the gateway until it is stopped; the first start makes keys and a partner to try it.")
final class ServeCommand implements Callable<Integer> {
    private final Session session;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = session.settings();
        FirstStart first = new FirstStart(settings, session.clock());
        boolean fresh = first.needed();
        if (fresh) {
            first.makeKeys();
        }
        CountDownLatch stopped = new CountDownLatch(1);
        try (Gateway gateway = Gateway.open(settings, session.environment(), session.clock())) {
            gateway.start();
            List<String> files = fresh ? first.makePartner(gateway.administration()) : List.of();
            if (fresh) {
                session.say("First start: made development keys, and the partner demo with all rights, in "
                        + settings.gateway().dataFolder() + ". Not for production.");
                files.forEach(session::say);
            }
            gateway.places().forEach(session::say);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(gateway, stopped), "stop"));
            stopped.await();
        }
        return Commands.DONE;
    }

    private static void close(Gateway gateway, CountDownLatch stopped) {
        gateway.close();
        stopped.countDown();
    }
}
