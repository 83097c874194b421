package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.wss4j.dom.WSConstants;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.partner.PartnerLimits;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.security.Sandbox;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** A partner's own limits, in its answers and in signed faults. */
final class PartnerLimitsTest {
    private static final SettableClock CLOCK = new SettableClock(Instant.now());
    private static final AtomicInteger NUMBERS = new AtomicInteger(50_000);
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway(CLOCK, Sandbox.OFF);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    @DisplayName("A-Z10: beyond its calls a minute a partner gets RATE_LIMITED, signed, with the time to wait")
    void callsAMinute() {
        limit(new PartnerLimits(3, null, null));
        assertThat(opened(post(message())))
                .contains("<header:callsPerMinute>3</header:callsPerMinute>")
                .contains("<header:remaining>2</header:remaining>")
                .contains("<header:resetSeconds>20</header:resetSeconds>");
        byte[] write = message();
        opened(post(write));
        int served = gateway.unmarshalled();

        String repeat = opened(post(write), 500);
        assertThat(repeat).contains("RATE_LIMITED", "BUSY", "<fault:retryable>true</fault:retryable>");
        assertThat(opened(post(message()))).contains("<header:remaining>0</header:remaining>");
        int unmarshalled = gateway.unmarshalled();

        String refused = opened(post(message()), 500);

        assertThat(refused).contains("RATE_LIMITED", "<fault:retryAfterSeconds>20</fault:retryAfterSeconds>");
        assertThat(gateway.unmarshalled()).isEqualTo(unmarshalled).isGreaterThan(served);
        CLOCK.pass(Duration.ofSeconds(20));
        assertThat(opened(post(message()))).contains("<header:remaining>0</header:remaining>");
    }

    @Test
    void aResendThatIsAnsweredFromTheStoreCountsAsACall() {
        limit(new PartnerLimits(100, null, null));
        byte[] write = message();
        assertThat(opened(post(write))).contains("<header:remaining>99</header:remaining>");
        assertThat(opened(post(write)))
                .contains("<header:replayed>true</header:replayed>", "<header:remaining>98</header:remaining>");
    }

    @Test
    void aMessageLargerThanThePartnerMaySendIsRefusedUnread() {
        limit(new PartnerLimits(null, null, 1024L));
        int unmarshalled = gateway.unmarshalled();
        assertThat(opened(post(message()), 500)).contains("MESSAGE_TOO_LARGE", "INVALID");
        assertThat(gateway.unmarshalled()).isEqualTo(unmarshalled);
    }

    @Test
    void withoutALimitAnswersSayNothingOfOne() {
        limit(PartnerLimits.NONE);
        assertThat(opened(post(message()))).doesNotContain("callsPerMinute");
    }

    /** The clock stands still in a test, and follows the messages' between. */
    private static void limit(PartnerLimits limits) {
        CLOCK.pass(Duration.between(CLOCK.instant(), Instant.now()));
        gateway.apply(erp -> PartnerDraft.like(erp).limits(limits).partner());
    }

    /** A customer that was not sent before. */
    private static byte[] message() {
        int number = NUMBERS.incrementAndGet();
        String request = Examples.request("createCustomer")
                .replace(">10042<", ">" + number + "<")
                .replace("DEBMAS-0000000000718201", "DEBMAS-" + number);
        return SoapEnvelope.bytes(security().protect(SoapEnvelope.SOAP_11.around(request)));
    }

    private static WireSecurity security() {
        return gateway.security(Dialect.MODERN);
    }

    private static Answer post(byte[] message) {
        return gateway.client()
                .post("customer/v1/modern", SoapEnvelope.SOAP_11, "urn:crmgateway:customer:v1:createCustomer", message);
    }

    private static String opened(Answer answer) {
        return opened(answer, 200);
    }

    /** The answer in clear, once its signature was found good. */
    private static String opened(Answer answer, int status) {
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        Document envelope = answer.envelope();
        assertThat(security().open(envelope).getActionResults().get(WSConstants.SIGN))
                .hasSize(1);
        return SoapEnvelope.text(envelope);
    }
}
