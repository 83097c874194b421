package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cxf.binding.soap.SoapMessage;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Dialect;
import org.crmgateway.registry.Registry;
import org.junit.jupiter.api.Test;

final class InboundSecurityTest {
    @Test
    void whatWss4jThrowsAtHostileInputIsNoBug() {
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
                    .hasNoCause();
        }
    }

    @Test
    void anExceptionIsOursWhenOurCodeWasCalledInBetween() {
        assertThat(InboundSecurity.ours(thrownThrough("java.util.Base64", "org.apache.wss4j.A", "InboundSecurity")))
                .isFalse();
        assertThat(InboundSecurity.ours(
                        thrownThrough("java.util.Map", "KeyRing", "org.apache.wss4j.A", "InboundSecurity")))
                .isTrue();
        assertThat(InboundSecurity.ours(thrownThrough())).isFalse();
    }

    private static RuntimeException thrownThrough(String... classes) {
        RuntimeException thrown = new IllegalStateException();
        thrown.setStackTrace(Stream.of(classes)
                .map(name -> name.contains(".") ? name : InboundSecurity.class.getPackageName() + "." + name)
                .map(name -> new StackTraceElement(name, "method", null, 1))
                .toArray(StackTraceElement[]::new));
        return thrown;
    }
}
