package org.crmgateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The relay loses the answer, never the request. */
final class LossRelayTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theRequestArrivesOnceAndItsAnswerNever() throws Exception {
        try (CannedServer server = CannedServer.answering(200, "done");
                LossRelay relay = LossRelay.inFrontOf(server.services())) {
            assertThatThrownBy(() -> post(relay.address())).isInstanceOf(IOException.class);

            assertThat(relay.address()).hasPath("/services");
            assertThat(server.asked()).hasValue(1);
            assertThat(relay.lost()).isEqualTo(1);
            assertThat(post(server.services())).isEqualTo("done");
        }
    }

    @Test
    void aGatewayThatIsNotThereLosesNothing() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (LossRelay relay = LossRelay.inFrontOf(URI.create("http://127.0.0.1:" + free))) {
            assertThatThrownBy(() -> post(relay.address())).isInstanceOf(IOException.class);
            assertThat(relay.lost()).isZero();
        }
    }

    @Test
    void closingEndsItsConnectionsAndThreads() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            LossRelay relay = LossRelay.inFrontOf(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            try (Socket client = new Socket("127.0.0.1", relay.address().getPort());
                    Socket accepted = silent.accept()) {
                relay.close();

                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("loss-relay"));
        }
    }

    @Test
    void moreConnectionsThanItCanServeAreClosed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LossRelay relay = LossRelay.inFrontOf(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
            // Kept, since a socket that nobody holds is closed by the garbage collector.
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                open.add(new Socket("127.0.0.1", relay.address().getPort()));
                open.add(silent.accept());
            }
            try (Socket tooMany = new Socket("127.0.0.1", relay.address().getPort())) {
                assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
            }
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private String post(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("an order"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
