package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.cxf.binding.soap.SoapMessage;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Dialect;
import org.crmgateway.registry.Registry;
import org.junit.jupiter.api.Test;

final class InboundSecurityTest {
    @Test
    void anExceptionThatNobodyExpectedIsKeptForTheLog() {
        Clock clock = Clock.systemUTC();
        try (Database database = TestDatabases.open(TestDatabases.h2())) {
            KeyPairAndCertificate own = new KeyMaker(clock).make("gateway", Duration.ofDays(1));
            KeyRing keys =
                    new KeyRing(new OwnKeys(List.of(own)), new Registry(database, new AuditTrail(clock), clock), clock);
            InboundSecurity security = new InboundSecurity(Dialect.MODERN, keys, new TestSecurity(Sandbox.OFF), clock);
            SoapMessage nothing = null;

            assertThatThrownBy(() -> security.handleMessage(nothing))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("sec.unreadable")
                    .hasCauseInstanceOf(NullPointerException.class);
        }
    }
}
