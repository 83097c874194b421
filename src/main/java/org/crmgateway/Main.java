package org.crmgateway;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.crmgateway.console.Access;
import org.crmgateway.console.Commands;
import org.crmgateway.console.Session;
import org.crmgateway.telemetry.LogQueue;
import picocli.CommandLine;

/** The program {@code crm-gateway}. */
public final class Main {
    /** The start script runs the program in the program's own folder, and says here where the command was typed. */
    private static final String TYPED_IN = "crm-gateway.typed-in";

    /** Read by logback.xml, hence set before anything logs. */
    private static final String LOG_LEVEL = "crm-gateway.log-level";

    private Main() {}

    public static void main(String[] arguments) {
        if (!Arrays.asList(arguments).contains("serve") && System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "WARN");
        }
        Path folder = Path.of(System.getProperty(TYPED_IN, "")).toAbsolutePath();
        Clock clock = Clock.systemUTC();
        Session session = new Session(
                folder,
                System.getenv(),
                Access.opened(clock),
                clock,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
        CommandLine line =
                Commands.line(session).addSubcommand(new ServeCommand(session)).addSubcommand(new DemoCommand(session));
        int code = Commands.run(line, session, arguments);
        LogQueue.end();
        System.exit(code);
    }
}
