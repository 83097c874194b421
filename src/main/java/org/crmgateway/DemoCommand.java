package org.crmgateway;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.crmgateway.console.Commands;
import org.crmgateway.console.Session;
import org.crmgateway.demo.Demo;
import org.crmgateway.demo.OrderLoad;
import org.crmgateway.partner.Dialect;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: a throw-away gateway, and an ERP that talks to it over HTTP. */
@Command(
        name = "demo",
        description = "Start a throw-away gateway and play an ERP against it; exit code 0 only if all came out right.")
final class DemoCommand implements Callable<Integer> {
    /** The start script looks whether standard output is a terminal: Java 17 cannot. */
    private static final String TERMINAL = "crm-gateway.terminal";

    private static final int MOST_ORDERS = 1_500_000;

    private final Session session;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--orders",
            paramLabel = "N",
            description = "Send N orders of the TPC-H benchmark (1 to 1500000) instead, and check each stored total.")
    private @Nullable Integer orders;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "4",
            description = "With --orders: calls made at a time.")
    private int threads;

    @Option(names = "--wire", description = "Print every message: as sent, as received, and both in the clear.")
    private boolean wire;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "modern",
            description = "modern, compatible or sandbox; modern when not given.")
    private Dialect dialect = Dialect.MODERN;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keep the data there; run twice on it, nothing is doubled. A temporary folder when not given.")
    private @Nullable Path data;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        require(orders == null || (1 <= orders && orders <= MOST_ORDERS), "--orders must be 1 to 1500000.");
        require(
                dialect != Dialect.USERNAME_TLS && dialect != Dialect.LEGACY_2005,
                "--dialect must be modern, compatible or sandbox.");
        require(1 <= threads && threads <= 64, "--threads must be 1 to 64.");
        PrintStream out = session.out();
        Instant begin = session.clock().instant();
        try (DemoGateway gateway = DemoGateway.start(
                session.configuration(), session.environment(), Optional.ofNullable(data), session.clock())) {
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
            Duration took = Duration.between(begin, session.clock().instant());
            out.printf(Locale.ROOT, "A gateway of its own, started in %d ms.%n", took.toMillis());
            boolean right = orders == null ? story(gateway, out) : load(gateway, orders, out);
            out.println(right ? "All came out right." : "Something came out wrong; see above.");
            return right ? Commands.DONE : Commands.NOT_DONE;
        }
    }

    private boolean story(DemoGateway gateway, PrintStream out) {
        // Records of earlier stories on kept data are others'.
        String run = Long.toString(session.clock().instant().toEpochMilli(), 36).toUpperCase(Locale.ROOT);
        return new Demo(gateway.target(dialect), run, out, wire).play();
    }

    private boolean load(DemoGateway gateway, int count, PrintStream out) throws InterruptedException {
        return new OrderLoad(gateway.target(dialect), count, threads, out, Boolean.getBoolean(TERMINAL))
                .run()
                .right();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds && spec != null) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
