package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.crmgateway.attack.Attack;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.wire.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose endpoint takes an unsigned message does not start. */
final class SelfTestTest {
    @Test
    @Attack("A-Z12")
    void anEndpointThatTakesAnUnsignedMessageEndsTheStart(@TempDir Path folder) {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            SelfTest test = new SelfTest(gateway.gateway().base(), null, Map.of());
            assertThatCode(() -> test.run(List.of("/services/order/v1/modern", "/services/order/v1/modern-soap12")))
                    .doesNotThrowAnyException();
            // The one address without a gate stands for a gate that was lost.
            assertThatThrownBy(() -> test.run(List.of("/services/order/v1/sandbox")))
                    .isInstanceOf(OperatorError.class)
                    .hasMessageContaining("does not refuse an unsigned message");
            assertThatThrownBy(() -> test.run(List.of("/services/order/v1/nothing")))
                    .isInstanceOf(OperatorError.class);
        }
    }

    /** Callers were waiting for a gateway that was started again, and have all its places. */
    @Test
    void whoIsToldToComeLaterComesLater() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        busy.createContext("/", exchange -> {
            byte[] refusal = "<faultcode>wsse:InvalidSecurity</faultcode>".getBytes(StandardCharsets.UTF_8);
            boolean full = calls.incrementAndGet() < 3;
            exchange.sendResponseHeaders(full ? 503 : 500, full ? -1 : refusal.length);
            if (!full) {
                exchange.getResponseBody().write(refusal);
            }
            exchange.close();
        });
        busy.start();
        try {
            URI base = URI.create("http://127.0.0.1:" + busy.getAddress().getPort());
            new SelfTest(base, null, Map.of()).run(List.of("/services/order/v1/modern"));
            assertThat(calls).hasValue(3);
        } finally {
            busy.stop(0);
        }
    }
}
