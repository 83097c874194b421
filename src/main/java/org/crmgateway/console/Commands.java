package org.crmgateway.console;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Network;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The command line as a whole. Exit codes: 0 done, 1 not done, 2 not understood. */
public final class Commands {
    public static final int DONE = 0;
    public static final int NOT_DONE = 1;

    /** The commands that a running gateway answers itself: it holds the database, and knows the partners. */
    private static final Set<String> FOR_THE_RUNNING_GATEWAY =
            Set.of("partner", "keys", "reload", "audit", "explain", "check", "migrate", "export");

    /** Those of them that take long. */
    private static final Set<String> LONG = Set.of("export");

    private Commands() {}

    /** The commands that both a fresh process and a running gateway understand. */
    public static CommandLine line(Session session) {
        return new CommandLine(session)
                .addSubcommand(new CheckCommand(session))
                .addSubcommand(new MigrateCommand(session))
                .addSubcommand(new TlsKeyCommand(session))
                .addSubcommand(new PartnerCommands(session))
                .addSubcommand(new KeyCommands(session))
                .addSubcommand(new ReloadCommand(session))
                .addSubcommand(new AuditCommands(session))
                .addSubcommand(new ExplainCommand(session))
                .addSubcommand(new BackupCommand(session))
                .addSubcommand(new RestoreCommand(session))
                .addSubcommand(new RestoredCommand(session))
                .addSubcommand(new ExportCommand(session))
                .addSubcommand(new ImportCommand(session));
    }

    /** Runs one command in this process, or in the running gateway where there is one and the command is for it. */
    public static int run(CommandLine line, Session session, String... arguments) {
        prepare(line, session);
        OptionalInt answer = askRunningGateway(line, session, arguments);
        return answer.isPresent() ? answer.getAsInt() : line.execute(arguments);
    }

    /**
     * A running gateway carries out a command typed elsewhere.
     *
     * @return its exit code
     */
    static int answer(
            CommandRequest request,
            Administration parts,
            Map<String, String> environment,
            OutputStream out,
            OutputStream err) {
        Session session = new Session(
                Path.of(request.folder()),
                environment,
                Access.live(parts),
                parts.clock(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        CommandLine line = line(session);
        prepare(line, session);
        int exitCode = line.execute(request.arguments().toArray(String[]::new));
        session.out().flush();
        session.err().flush();
        return exitCode;
    }

    private static void prepare(CommandLine line, Session session) {
        ITypeConverter<Path> paths = text -> resolve(session.folder(), text);
        line.setOut(writer(session.out()))
                .setErr(writer(session.err()))
                .registerConverter(Path.class, paths)
                .registerConverter(Dialect.class, Commands::dialect)
                .registerConverter(Network.class, Commands::network)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((error, failed, result) -> explain(error, session));
    }

    private static Dialect dialect(String text) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("not a dialect"));
    }

    private static Network network(String text) {
        try {
            return Network.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("not a network such as 10.20.0.0/16");
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static Path resolve(Path folder, String text) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new TypeConversionException("not a path");
        }
    }

    private static OptionalInt askRunningGateway(CommandLine line, Session session, String... arguments) {
        Path socket;
        boolean takesLong;
        try {
            ParseResult parsed = line.parseArgs(arguments);
            boolean helpWanted = parsed.asCommandLineList().stream()
                    .anyMatch(command -> command.isUsageHelpRequested() || command.isVersionHelpRequested());
            if (helpWanted
                    || !parsed.hasSubcommand()
                    || !FOR_THE_RUNNING_GATEWAY.contains(
                            parsed.subcommand().commandSpec().name())
                    || parsed.subcommand().hasMatchedOption("--advisories")) {
                return OptionalInt.empty();
            }
            takesLong = LONG.contains(parsed.subcommand().commandSpec().name());
            socket = CommandSocket.file(session.settings());
        } catch (ParameterException | OperatorError e) {
            // Running the command here will say the same, in its own way.
            return OptionalInt.empty();
        }
        return CommandSocket.ask(
                socket, CommandRequest.of(session.folder(), takesLong, arguments), session.out(), session.err());
    }

    private static int explain(Exception error, Session session) {
        if (session.debug()) {
            error.printStackTrace(session.err());
        } else if (error instanceof OperatorError) {
            session.err().println(error.getMessage());
        } else if (error instanceof Failure failure) {
            session.err().println(failure.code().english() + " Try again; --debug shows the reason.");
        } else {
            session.err()
                    .println("An unexpected error: " + error.getClass().getSimpleName() + ". --debug shows it all.");
        }
        session.err().flush();
        return NOT_DONE;
    }
}
