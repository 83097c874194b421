package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.crmgateway.failure.OperatorError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which of the gateway's keys does what, and when. */
final class OwnKeysTest {
    private static final Set<KeyPurpose> BOTH = EnumSet.allOf(KeyPurpose.class);
    private static final Instant SWITCH = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-07-01T00:00:00Z");

    private final KeyMaker maker = new KeyMaker(Clock.systemUTC());
    private final KeyPairAndCertificate old = key(SWITCH.minus(Duration.ofDays(700)), END, BOTH);
    private final KeyPairAndCertificate fresh = key(SWITCH, SWITCH.plus(Duration.ofDays(730)), BOTH);
    private final OwnKeys keys = new OwnKeys(List.of(fresh, old));

    @Test
    void theNewKeySignsFromTheMomentItsCertificateBegins() {
        Instant before = SWITCH.minusMillis(1);
        assertThat(keys.signer(before)).isEqualTo(old);
        assertThat(keys.recipient(before)).isEqualTo(old);
        assertThat(keys.nextSigner(before)).contains(fresh);
        assertThat(keys.replaced(old.certificate(), before)).isFalse();
        assertThat(keys.replaced(fresh.certificate(), before)).isFalse();

        assertThat(keys.signer(SWITCH)).isEqualTo(fresh);
        assertThat(keys.recipient(SWITCH)).isEqualTo(fresh);
        assertThat(keys.nextSigner(SWITCH)).isEmpty();
        assertThat(keys.replaced(old.certificate(), SWITCH)).isTrue();
        assertThat(keys.replaced(fresh.certificate(), SWITCH)).isFalse();
    }

    @Test
    void everyKeyDecryptsUntilItsCertificateEnds() {
        assertThat(keys.decrypting(SWITCH.minusMillis(1))).containsExactlyInAnyOrder(old, fresh);
        assertThat(keys.decrypting(END)).containsExactlyInAnyOrder(old, fresh);
        assertThat(keys.decrypting(END.plusMillis(1))).containsExactly(fresh);
    }

    @Test
    void aShortLivedKeyThatEndsGivesBackToTheOneBefore() {
        KeyPairAndCertificate brief = key(SWITCH, SWITCH.plus(Duration.ofDays(7)), BOTH);
        OwnKeys both = new OwnKeys(List.of(old, brief));
        assertThat(both.signer(SWITCH)).isEqualTo(brief);
        assertThat(both.signer(SWITCH.plus(Duration.ofDays(8)))).isEqualTo(old);
    }

    @Test
    void theKeyUsageSaysWhatAKeyIsFor() {
        KeyPairAndCertificate signs = key(SWITCH, END, EnumSet.of(KeyPurpose.SIGNING));
        KeyPairAndCertificate decrypts = key(SWITCH, END, EnumSet.of(KeyPurpose.DECRYPTION));
        OwnKeys apart = new OwnKeys(List.of(decrypts, signs));
        assertThat(apart.signer(SWITCH)).isEqualTo(signs);
        assertThat(apart.recipient(SWITCH)).isEqualTo(decrypts);
        assertThat(apart.decrypting(SWITCH)).containsExactly(decrypts);
        assertThatThrownBy(() -> new OwnKeys(List.of(signs))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OwnKeys(List.of(decrypts))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("A-K35 a key for messages is refused for TLS, in a renewed certificate too")
    void aKeyForMessagesIsRefusedForTls() {
        TestAuthority authority = new TestAuthority("web");
        assertThatCode(() -> keys.requireApartFrom(authority.certificate())).doesNotThrowAnyException();
        assertThatThrownBy(() -> keys.requireApartFrom(fresh.certificate()))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("Give TLS one of its own");
        assertThatThrownBy(() -> keys.requireApartFrom(
                        authority.certify(fresh.certificate().getPublicKey())))
                .isInstanceOf(OperatorError.class);
    }

    private KeyPairAndCertificate key(Instant from, Instant until, Set<KeyPurpose> purposes) {
        return maker.make("gateway", from, until, purposes);
    }
}
