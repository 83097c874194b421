package org.crmgateway;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.crmgateway.config.Settings;
import org.crmgateway.console.Administration;
import org.crmgateway.console.CommandSocket;
import org.crmgateway.console.Commands;
import org.crmgateway.console.DataFolder;
import org.crmgateway.console.DeclaredPartners;
import org.crmgateway.console.FirstStart;
import org.crmgateway.console.Session;
import org.crmgateway.telemetry.LogQueue;
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
        DataFolder.create(settings);
        CommandSocket.refuseSecond(settings);
        FirstStart first = new FirstStart(settings, session.clock());
        if (first.needed()) {
            first.makeKeys();
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // From the beginning: calls come as soon as there is a port, and are finished.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "stop"));
        try (Gateway gateway = new Gateway(settings)) {
            Administration parts = new Administration(
                    settings,
                    gateway.database(),
                    gateway.registry(),
                    gateway.explainer(),
                    session.clock(),
                    true,
                    gateway.reload());
            List<String> declared = DeclaredPartners.apply(settings.gateway().partnersFolder(), gateway.registry());
            List<String> files = first.begun() ? first.makePartner(parts) : List.of();
            try (CommandSocket commands = CommandSocket.open(parts, session.environment())) {
                gateway.start();
                commands.start();
                declared.forEach(name -> session.say("Applied the file of partner " + name + "."));
                if (!files.isEmpty()) {
                    session.say("First start: made development keys and the partner demo with all rights.");
                    files.forEach(session::say);
                }
                places(settings, gateway).forEach(session::say);
                stop.await();
            }
        } finally {
            stopped.countDown();
        }
        return Commands.DONE;
    }

    private static List<String> places(Settings settings, Gateway gateway) {
        URI url = gateway.publicUrl();
        return List.of(
                "services   " + url + "/services/{customer,order}/v1/{" + String.join(",", gateway.dialects())
                        + "}[-soap12]",
                "contract   " + url + "/contract/",
                "admin      http://" + settings.web().adminHost() + ":" + gateway.adminPort()
                        + "/health/ready and /metrics",
                "keys       " + settings.security().keyStore(),
                "data       " + settings.gateway().dataFolder().toAbsolutePath().normalize(),
                "Running. Ctrl-C or SIGTERM stops it; calls in progress are finished.");
    }

    /** In the hook: lets the command end in its own thread, and the process only after it. */
    private static void end(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
            LogQueue.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
