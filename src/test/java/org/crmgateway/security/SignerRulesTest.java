package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.crmgateway.attack.Attack;
import org.junit.jupiter.api.Test;

final class SignerRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void anOrdinaryCertificateMaySign() throws Exception {
        assertAccepted(certificate("RSA", 2048, KeyUsage.digitalSignature | KeyUsage.keyEncipherment, null));
        assertAccepted(certificate("RSA", 3072, KeyUsage.nonRepudiation, null));
    }

    @Test
    void oneWithoutExtensionsMaySign() throws Exception {
        assertAccepted(certificate("RSA", 2048, 0, null));
    }

    @Test
    void aClientCertificateMaySign() throws Exception {
        assertAccepted(certificate("RSA", 2048, KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth));
    }

    @Test
    void oneForAnotherPurposeMayNot() throws Exception {
        assertRefused(certificate("RSA", 2048, KeyUsage.keyEncipherment, null), "sec.cert.usage");
        assertRefused(
                certificate("RSA", 2048, KeyUsage.digitalSignature, KeyPurposeId.id_kp_serverAuth), "sec.cert.usage");
    }

    @Test
    void aKeyThatIsTooShortOrOfAnotherKindMayNot() throws Exception {
        assertRefused(certificate("RSA", 1024, KeyUsage.digitalSignature, null), "sec.cert.size");
        assertRefused(certificate("EC", 256, KeyUsage.digitalSignature, null), "sec.cert.size");
    }

    @Test
    void outsideItsValidityNoneMay() throws Exception {
        X509Certificate certificate = certificate("RSA", 2048, KeyUsage.digitalSignature, null);
        assertThatThrownBy(() -> SignerRules.require(certificate, NOW.plus(Duration.ofDays(2))))
                .hasMessage("sec.cert.validity");
        assertThatThrownBy(() -> SignerRules.require(certificate, NOW.minus(Duration.ofDays(2))))
                .hasMessage("sec.cert.validity");
    }

    @Test
    @Attack("A-K18")
    void validityEndsWithItsLastInstant() throws Exception {
        X509Certificate certificate = certificate("RSA", 2048, KeyUsage.digitalSignature, null);
        Instant last = certificate.getNotAfter().toInstant();
        assertThatCode(() -> SignerRules.require(certificate, last)).doesNotThrowAnyException();
        assertThatThrownBy(() -> SignerRules.require(certificate, last.plusMillis(1)))
                .hasMessage("sec.cert.validity");
    }

    private static void assertAccepted(X509Certificate certificate) {
        assertThatCode(() -> SignerRules.require(certificate, NOW)).doesNotThrowAnyException();
    }

    private static void assertRefused(X509Certificate certificate, String reason) {
        assertThatThrownBy(() -> SignerRules.require(certificate, NOW))
                .isInstanceOf(Refusal.class)
                .hasMessage(reason);
    }

    private static X509Certificate certificate(String algorithm, int bits, int usage, KeyPurposeId purpose)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=erp");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(NOW.minus(Duration.ofDays(1))),
                Date.from(NOW.plus(Duration.ofDays(1))),
                name,
                keys.getPublic());
        if (usage != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        }
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        String signature = algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
    }
}
