package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.crmgateway.failure.OperatorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSocketTest {
    @TempDir
    Path folder;

    @Test
    void aCommandReachesTheRunningGatewayWhichHoldsTheDatabase() throws IOException {
        Desk desk = Desk.started(folder);
        try (Gateway gateway = new Gateway(desk)) {
            assertThat(desk.type("partner", "add", "erp", "--dialect", "sandbox", "--out", "kit"))
                    .isZero();
            assertThat(desk.out()).startsWith("Partner erp may call now.");
            assertThat(folder.resolve("kit/erp.yaml")).exists();
            assertThat(gateway.parts.registry().named("erp")).isPresent();

            assertThat(desk.type("partner", "suspend", "nobody")).isEqualTo(1);
            assertThat(desk.err()).startsWith("There is no partner nobody.");

            assertThat(desk.type("check")).isZero();
            assertThat(desk.out()).contains("in use by the running gateway");
        }
        assertThat(desk.type("partner", "list")).isZero();
        assertThat(desk.out()).startsWith("erp ");
    }

    @Test
    void onlyTheOwnerMayConnectAndTheFileGoesWithTheGateway() throws IOException {
        Desk desk = Desk.started(folder);
        Path file = CommandSocket.file(desk.settings());
        try (Gateway gateway = new Gateway(desk)) {
            assertThat(gateway.parts.live()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                    .isEqualTo("rwx------");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aSecondGatewayOnTheSameFolderIsRefused() throws IOException {
        Desk desk = Desk.started(folder);
        try (Gateway gateway = new Gateway(desk)) {
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> CommandSocket.refuseSecond(gateway.parts.settings()))
                    .withMessageStartingWith("A gateway already runs with the data folder");
        }
    }

    @Test
    void aSocketLeftBehindByAKilledGatewayIsNoGateway() throws IOException {
        Desk desk = Desk.started(folder);
        leaveSocketBehind(CommandSocket.file(desk.settings()));

        assertThat(desk.type("partner", "list")).isZero();
        try (Gateway gateway = new Gateway(desk)) {
            assertThat(gateway.parts.live()).isTrue();
            assertThat(desk.type("partner", "list")).isZero();
        }
    }

    @Test
    void nonsenseOnTheSocketIsHungUpAndTheNextCommandServed() throws IOException {
        Desk desk = Desk.started(folder);
        try (Gateway gateway = new Gateway(desk);
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(CommandSocket.file(gateway.parts.settings())));
            client.write(StandardCharsets.US_ASCII.encode("GET "));

            assertThat(client.read(ByteBuffer.allocate(10))).isEqualTo(-1);
            assertThat(desk.type("partner", "list")).isZero();
        }
    }

    private static void leaveSocketBehind(Path file) throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
    }

    /** What a running gateway is to commands. */
    private static final class Gateway implements AutoCloseable {
        final Administration parts;
        private final CommandSocket socket;

        Gateway(Desk desk) {
            parts = desk.live();
            socket = CommandSocket.open(parts, Map.of());
            socket.start();
        }

        @Override
        public void close() {
            socket.close();
            parts.database().close();
        }
    }
}
