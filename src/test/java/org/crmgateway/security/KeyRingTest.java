package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.crypto.CryptoType;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.registry.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KeyRingTest {
    private static final CallbackHandler NOBODY = callbacks -> {
        throw new IllegalStateException("no password is needed");
    };

    private final Clock clock = Clock.systemUTC();
    private final KeyMaker maker = new KeyMaker(clock);
    private final KeyPairAndCertificate older =
            new KeyMaker(Clock.offset(clock, Duration.ofDays(-5))).make("gateway", Duration.ofDays(30));
    private final KeyPairAndCertificate newer = maker.make("gateway", Duration.ofDays(30));
    private final KeyPairAndCertificate partner = maker.make("erp", Duration.ofDays(30));
    private Database database;
    private KeyRing ring;
    private MessageKeys keys;

    @BeforeEach
    void open() {
        database = TestDatabases.open(TestDatabases.h2());
        Registry registry = new Registry(database, new AuditTrail(clock), clock);
        registry.replace(Map.of(
                PartnerDraft.named("erp")
                        .rights()
                        .certificates(partner.certificate())
                        .partner(),
                Digest.of(new byte[0])));
        ring = new KeyRing(new OwnKeys(List.of(newer, older)), registry, clock);
        keys = ring.now();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whileAKeyIsReplacedBothDecryptAndTheNewerSigns() throws Exception {
        assertThat(keys.getPrivateKey(older.certificate(), NOBODY)).isEqualTo(older.key());
        assertThat(keys.getPrivateKey(newer.certificate(), NOBODY)).isEqualTo(newer.key());
        assertThat(ring.certificate()).isEqualTo(newer.certificate());
        assertThat(ring.signingCertificate()).isEqualTo(newer.certificate());
    }

    @Test
    void aPartnersCertificateHasNoKeyHere() {
        assertThatThrownBy(() -> keys.getPrivateKey(partner.certificate(), NOBODY))
                .isInstanceOf(WSSecurityException.class);
    }

    @Test
    void onlyARegisteredCertificateIsTrusted() throws Exception {
        trust(partner.certificate());
        KeyPairAndCertificate sameName = maker.make("erp", Duration.ofDays(30));
        assertThatThrownBy(() -> trust(sameName.certificate())).isInstanceOf(WSSecurityException.class);
        assertThatThrownBy(() -> trust(newer.certificate())).isInstanceOf(WSSecurityException.class);
        assertThatThrownBy(() -> trust(partner.certificate(), newer.certificate()))
                .isInstanceOf(WSSecurityException.class);
        assertThatThrownBy(() -> keys.verifyTrust(partner.certificate().getPublicKey()))
                .isInstanceOf(WSSecurityException.class);
    }

    @Test
    void anIssuerThatIsNoNameFindsNothing() throws Exception {
        CryptoType type = new CryptoType(CryptoType.TYPE.ISSUER_SERIAL);
        type.setIssuerSerial("\u0000=;+", partner.certificate().getSerialNumber());
        assertThat(keys.getX509Certificates(type)).isNull();
    }

    private void trust(X509Certificate... certificates) throws WSSecurityException {
        keys.verifyTrust(certificates, false, List.<Pattern>of(), List.<Pattern>of());
    }
}
