package org.crmgateway.console;

import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket in the data folder, through which commands reach the running gateway. Only its owner can connect; one
 * command runs at a time, and one that takes long beside it.
 */
public final class CommandSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Making a key pair takes seconds on a small machine. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    /** Of a command that takes long: it waits for the one before, and tells how far it is from time to time. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Path file;
    private final Administration parts;
    private final Map<String, String> environment;
    private final ServerSocketChannel server;
    private final Thread thread = new Thread(this::serve, "commands");
    /** What takes long does not keep the others waiting: a partner must be suspended at once. */
    private final ExecutorService longCommands = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "long command");
        worker.setDaemon(true);
        return worker;
    });

    private CommandSocket(
            Path file, Administration parts, Map<String, String> environment, ServerSocketChannel server) {
        this.file = file;
        this.parts = parts;
        this.environment = environment;
        this.server = server;
    }

    static Path file(Settings settings) {
        return settings.gateway().dataFolder().resolve("gateway.sock");
    }

    /**
     * Looks for another gateway first, so that the operator hears of it and not of a database that is held.
     *
     * @throws OperatorError when a gateway already runs with this data folder
     */
    public static void refuseSecond(Settings settings) {
        if (listens(settings)) {
            throw new OperatorError("A gateway already runs with the data folder "
                    + settings.gateway().dataFolder() + ". Stop it, or give this one a data-folder of its own.");
        }
    }

    /** @throws OperatorError when a gateway runs with this data folder, whose database a command is about to change */
    static void refuseRunning(Settings settings) {
        if (listens(settings)) {
            throw new OperatorError("A gateway runs with the data folder "
                    + settings.gateway().dataFolder() + ". Stop it first. Nothing was changed.");
        }
    }

    private static boolean listens(Settings settings) {
        try {
            Optional<SocketChannel> other = connect(file(settings));
            if (other.isPresent()) {
                other.get().close();
                return true;
            }
        } catch (IOException e) {
            LOG.debug("nobody answers at {}", file(settings), e);
        }
        return false;
    }

    /**
     * Listens; a socket file that a killed gateway left behind is replaced.
     *
     * @param parts what commands act on
     * @param environment what takes precedence when a command reads the configuration anew
     */
    public static CommandSocket open(Administration parts, Map<String, String> environment) {
        Path file = file(parts.settings());
        try {
            Files.deleteIfExists(file);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            CommandSocket socket = new CommandSocket(file, parts, environment, server);
            socket.thread.setDaemon(true);
            return socket;
        } catch (IOException e) {
            throw new OperatorError(
                    "The socket " + file + " for commands cannot be made (" + e.getMessage()
                            + "). The data folder must be writable, and its path at most about 90 characters long.",
                    e);
        }
    }

    public void start() {
        thread.start();
    }

    private void serve() {
        while (server.isOpen()) {
            SocketChannel client = null;
            try {
                client = server.accept();
                CommandRequest request = CommandRequest.read(Frame.read(client, PATIENCE));
                if (request.takesLong()) {
                    SocketChannel waiting = client;
                    longCommands.execute(() -> answer(waiting, request));
                } else {
                    answer(client, request);
                }
            } catch (ClosedChannelException e) {
                LOG.debug("the socket for commands is closed");
            } catch (IOException e) {
                // Also how another process finds out whether this one is there: it connects and says nothing.
                LOG.debug("a command was not understood: {}", e.getMessage());
                hangUp(client);
            }
        }
    }

    private void answer(SocketChannel client, CommandRequest request) {
        try (client) {
            int exitCode = Commands.answer(
                    request,
                    parts,
                    environment,
                    new CommandOutput(client, CommandOutput.OUT, PATIENCE),
                    new CommandOutput(client, CommandOutput.ERR, PATIENCE));
            CommandOutput.end(client, exitCode, PATIENCE);
        } catch (IOException e) {
            LOG.debug("a command was not answered: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a command failed", e);
        }
    }

    private static void hangUp(@Nullable SocketChannel client) {
        try (client) {
            LOG.debug("hanging up");
        } catch (IOException e) {
            LOG.debug("it had hung up", e);
        }
    }

    /**
     * Runs a command in the gateway that listens at {@code file}; what it says goes to {@code out} and {@code err} as it says it.
     *
     * @return its exit code; empty when none listens
     * @throws OperatorError when it listens but does not answer
     */
    static OptionalInt ask(Path file, CommandRequest request, PrintStream out, PrintStream err) {
        try {
            Optional<SocketChannel> gateway = connect(file);
            if (gateway.isEmpty()) {
                return OptionalInt.empty();
            }
            try (SocketChannel channel = gateway.get()) {
                Frame.write(channel, request.bytes(), PATIENCE);
                return OptionalInt.of(
                        CommandOutput.copy(channel, request.takesLong() ? LONGEST_WAIT : LONGEST_SILENCE, out, err));
            }
        } catch (IOException e) {
            throw new OperatorError(
                    "The running gateway did not answer through " + file + " (" + e.getMessage()
                            + "). Look into its log; the command may have been carried out.",
                    e);
        }
    }

    private static Optional<SocketChannel> connect(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(file));
            return Optional.of(channel);
        } catch (IOException e) {
            // Nobody listens: the file was left behind.
            channel.close();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            longCommands.shutdown();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the socket {} was not removed: {}", file, e.getMessage());
        }
    }
}
