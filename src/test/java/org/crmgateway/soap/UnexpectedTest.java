package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.crmgateway.attack.Attack;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.registry.SettableClock;
import org.crmgateway.security.Sandbox;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What fails here before a sender is known: to the sender a refusal like any other, to the operator a bug. */
final class UnexpectedTest {
    private static final SoapEnvelope VERSION = SoapEnvelope.SOAP_11;

    @Test
    @Attack("A-L02")
    void ourOwnFailureBeforeTheGateIsARefusalOutsideAndABugInTheLog() throws Exception {
        SettableClock clock = new SettableClock(Instant.now());
        try (TestGateway gateway = new TestGateway(clock, Sandbox.OFF);
                LoggedReasons bugs = new LoggedReasons("internal")) {
            WireSecurity security = gateway.security(Dialect.MODERN);
            Answer refused = send(gateway, VERSION.around(Examples.request("createOrder")));
            gateway.database.inTransaction(tx ->
                    tx.handle().createUpdate("DROP TABLE partner_revision").execute());
            clock.pass(Duration.ofSeconds(5));

            Answer failed = send(gateway, security.protect(VERSION.around(Examples.request("createOrder"))));

            assertThat(failed.body()).isEqualTo(refused.body());
            assertThat(bugs.seen())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "call=" + failed.headers().firstValue("X-Call-Id").orElseThrow() + " ")
                    .contains("KnownPartners");
        }
    }

    private static Answer send(TestGateway gateway, Document message) {
        return gateway.client()
                .post("order/v1/modern", VERSION, "urn:crmgateway:order:v1:createOrder", SoapEnvelope.bytes(message));
    }
}
