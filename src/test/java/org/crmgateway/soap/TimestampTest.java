package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.Sandbox;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a partner's clock may be off: five minutes behind, one ahead, whatever expiry it asks for. */
final class TimestampTest {
    @ParameterizedTest
    @CsvSource({"280,200", "310,500", "-50,200", "-75,500"})
    void aMessageIsTakenWithinTheWindowOnly(long secondsOld, int status) throws Exception {
        Clock gatewayClock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(secondsOld));
        try (TestGateway gateway = new TestGateway(gatewayClock, Sandbox.OFF)) {
            WireSecurity security = gateway.security(Dialect.MODERN).livingFor(86_400);
            byte[] message =
                    SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(Examples.request("createOrder"))));
            assertThat(gateway.client()
                            .post(
                                    "order/v1/modern",
                                    SoapEnvelope.SOAP_11,
                                    "urn:crmgateway:order:v1:createOrder",
                                    message)
                            .status())
                    .isEqualTo(status);
        }
    }
}
