package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.crmgateway.contract.Examples;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.telemetry.LoggedLines;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One line a call, answered or not, and nothing in it of what was sent. */
final class CallLogTest {
    private final LoggedLines log = new LoggedLines("call");

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    @Timeout(30)
    void everyCallIsOneLine() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            byte[] clear = SoapEnvelope.bytes(SoapEnvelope.SOAP_11.around(Examples.request("createOrder")));
            Answer answered = post(gateway, "order/v1/sandbox", clear);
            gateway.orders.failWith(Failure.of(Code.CUSTOMER_BLOCKED));
            Answer failed = post(gateway, "order/v1/sandbox", clear);
            Answer refused = post(gateway, "order/v1/modern", clear);
            Answer malformed = post(gateway, "order/v1/modern", "<canary".getBytes(StandardCharsets.UTF_8));

            assertThat(written(4))
                    .containsExactly(
                            id(answered) + " partner=erp operation=createOrder dialect=sandbox outcome=OK",
                            id(failed) + " partner=erp operation=createOrder dialect=sandbox outcome=CUSTOMER_BLOCKED",
                            id(refused) + " partner=- operation=- dialect=- outcome=REFUSED_SECURITY",
                            id(malformed) + " partner=- operation=- dialect=- outcome=REFUSED_MALFORMED");
        }
    }

    /** The lines without their figures. The last one is written after its answer. */
    private List<String> written(int count) throws InterruptedException {
        while (log.seen().size() < count) {
            Thread.onSpinWait();
        }
        return log.seen().stream()
                .map(line -> line.replaceFirst(" ms=\\d+ bytes=\\d+$", ""))
                .toList();
    }

    private static String id(Answer answer) {
        return "call=" + answer.headers().firstValue("X-Call-Id").orElseThrow();
    }

    private static Answer post(TestGateway gateway, String path, byte[] message) {
        return gateway.client().post(path, SoapEnvelope.SOAP_11, "urn:crmgateway:order:v1:createOrder", message);
    }
}
