package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class KeyMakerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private final KeyMaker maker = new KeyMaker(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aCertificateIsSelfSignedForSigningAndBeingEncryptedTo() throws Exception {
        X509Certificate certificate =
                maker.make("ERP, Hamburg", Duration.ofDays(365)).certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=ERP\\, Hamburg");
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(certificate.getKeyUsage()).startsWith(true, false, true, false);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(365)));
        assertThat(certificate.getSerialNumber().signum()).isPositive();
    }

    @Test
    void twoCertificatesOfOneNameAreTwo() {
        var first = maker.make("erp", Duration.ofDays(1)).certificate();
        var second = maker.make("erp", Duration.ofDays(1)).certificate();
        assertThat(first.getSerialNumber()).isNotEqualTo(second.getSerialNumber());
    }
}
