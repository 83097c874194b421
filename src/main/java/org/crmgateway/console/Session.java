package org.crmgateway.console;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.crmgateway.backup.Progress;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** One use of the command line: where it was typed, where its output goes, what it may reach. */
@Command(
        name = "crm-gateway",
        description = "A SOAP gateway to the customers and orders of a CRM.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Session {
    private final Path folder;
    private final Map<String, String> environment;
    private final Access access;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration; config/gateway.yaml beside the program when not given.")
    private @Nullable Path config;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean debug;

    /**
     * @param folder where the command was typed; relative paths of its arguments start here
     * @param environment variables that take precedence over the configuration
     * @param out for results, in UTF-8
     * @param err for what went wrong, in UTF-8
     */
    public Session(
            Path folder,
            Map<String, String> environment,
            Access access,
            Clock clock,
            PrintStream out,
            PrintStream err) {
        this.folder = folder;
        this.environment = environment;
        this.access = access;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /**
     * Reads the configuration.
     *
     * @throws OperatorError with all its mistakes
     */
    public Settings settings() {
        return Settings.read(configuration(), environment);
    }

    /** The configuration file that was named, or the one beside the program. */
    public Path configuration() {
        return config == null ? Path.of("config", "gateway.yaml") : config;
    }

    Path folder() {
        return folder;
    }

    public Map<String, String> environment() {
        return environment;
    }

    boolean debug() {
        return debug;
    }

    Access access() {
        return access;
    }

    public Clock clock() {
        return clock;
    }

    /** Prints a line of the command's result. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** How long it has taken, in words. */
    String since(Instant start) {
        return Duration.between(start, clock.instant()).toSeconds() + " s";
    }

    /** Says how far a long command is; ends it when nobody listens any more. */
    Progress progress() {
        return line -> {
            say(line);
            if (out.checkError()) {
                throw new OperatorError("Whoever typed the command has gone.");
            }
        };
    }

    /** Where the command's result goes. */
    public PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }
}
