package org.crmgateway.console;

import java.io.IOException;
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
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket in the data folder, through which commands reach the running gateway. Only its owner can connect; one
 * command runs at a time.
 */
public final class CommandSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Making a key pair takes seconds on a small machine. */
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);

    private final Path file;
    private final Administration parts;
    private final Map<String, String> environment;
    private final ServerSocketChannel server;
    private final Thread thread = new Thread(this::serve, "commands");

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
        try {
            Optional<SocketChannel> other = connect(file(settings));
            if (other.isPresent()) {
                other.get().close();
                throw new OperatorError("A gateway already runs with the data folder "
                        + settings.gateway().dataFolder() + ". Stop it, or give this one a data-folder of its own.");
            }
        } catch (IOException e) {
            LOG.debug("nobody answers at {}", file(settings), e);
        }
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
            try (SocketChannel client = server.accept()) {
                CommandRequest request = CommandRequest.read(Frame.read(client, PATIENCE));
                CommandAnswer answer = Commands.answer(request, parts, environment);
                Frame.write(client, answer.bytes(), PATIENCE);
            } catch (ClosedChannelException e) {
                LOG.debug("the socket for commands is closed");
            } catch (IOException e) {
                // Also how another process finds out whether this one is there: it connects and says nothing.
                LOG.debug("a command was not answered: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("a command failed", e);
            }
        }
    }

    /**
     * Runs a command in the gateway that listens at {@code file}.
     *
     * @return empty when none does
     * @throws OperatorError when it listens but does not answer
     */
    static Optional<CommandAnswer> ask(Path file, CommandRequest request) {
        try {
            Optional<SocketChannel> gateway = connect(file);
            if (gateway.isEmpty()) {
                return Optional.empty();
            }
            try (SocketChannel channel = gateway.get()) {
                Frame.write(channel, request.bytes(), PATIENCE);
                return Optional.of(CommandAnswer.read(Frame.read(channel, LONGEST_COMMAND)));
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
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the socket {} was not removed: {}", file, e.getMessage());
        }
    }
}
