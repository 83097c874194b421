package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.crmgateway.attack.Attack;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.StoredPassword;
import org.crmgateway.registry.SettableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords as they are kept and compared. */
class LoginsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Attack("A-L12")
    @Test
    void aHashKnowsItsPasswordAndNoOther() {
        StoredPassword stored = PasswordHash.of("geheim-ß".toCharArray(), RANDOM);

        assertThat(stored.form()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PasswordHash.matches("geheim-ß".toCharArray(), stored)).isTrue();
        assertThat(PasswordHash.matches("geheim-s".toCharArray(), stored)).isFalse();
        assertThat(stored.toString()).doesNotContain("$");
    }

    @Test
    void aFormThatCostsTooMuchOrIsNoneIsRefused() {
        StoredPassword cheap = PasswordHash.of("x".toCharArray(), RANDOM);
        assertThatThrownBy(() -> new StoredPassword(cheap.form().replace("m=19456", "m=999999")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StoredPassword("secret")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEncryptedPasswordOpensForItsPartnerAndWithItsKeyOnly(@TempDir Path folder) {
        PasswordVault vault = new PasswordVault(folder.resolve("key"));
        StoredPassword sealed = vault.seal("erp", "secret".toCharArray(), RANDOM);

        assertThat(new String(new PasswordVault(folder.resolve("key")).open("erp", sealed)))
                .isEqualTo("secret");
        assertThat(sealed.form()).doesNotContain("secret");
        assertThatThrownBy(() -> vault.open("other", sealed)).isInstanceOf(OperatorError.class);
        PasswordVault another = new PasswordVault(folder.resolve("another"));
        another.seal("erp", "x".toCharArray(), RANDOM);
        assertThatThrownBy(() -> another.open("erp", sealed)).isInstanceOf(OperatorError.class);
        assertThatThrownBy(() -> new PasswordVault(folder.resolve("none")).open("erp", sealed))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aPasswordThatWasRightIsKnownAgainUntilItIsChanged() {
        Passwords passwords = new Passwords(RANDOM);
        StoredPassword stored = PasswordHash.of("right".toCharArray(), RANDOM);

        assertThat(passwords.proven("erp", stored, "right")).isFalse();
        assertThat(passwords.matches("erp", stored, "wrong")).isFalse();
        assertThat(passwords.matches("erp", stored, "right")).isTrue();
        assertThat(passwords.proven("erp", stored, "right")).isTrue();
        assertThat(passwords.proven("erp", stored, "wrong")).isFalse();
        assertThat(passwords.proven("erp", PasswordHash.of("other".toCharArray(), RANDOM), "right"))
                .isFalse();
        assertThat(passwords.matches("nobody", null, "x"))
                .as("not even the stand-in's")
                .isFalse();
    }

    @Test
    @DisplayName("A-U11: waiting grows with each failure, ends, and is for one user from one place")
    void waitingGrowsAndEnds() {
        SettableClock clock = new SettableClock();
        BackOff backOff = new BackOff(clock);
        for (int i = 0; i < BackOff.FREE; i++) {
            assertThat(backOff.waits("erp", "10.0.0.1")).isFalse();
            backOff.failed("erp", "10.0.0.1");
        }
        assertThat(backOff.waits("erp", "10.0.0.1")).isTrue();
        assertThat(backOff.waits("erp", "10.0.0.2")).isFalse();
        assertThat(backOff.waits("other", "10.0.0.1")).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(backOff.waits("erp", "10.0.0.1")).isFalse();
        for (int i = 0; i < 100; i++) {
            backOff.failed("erp", "10.0.0.1");
        }
        clock.pass(Duration.ofSeconds(59));
        assertThat(backOff.waits("erp", "10.0.0.1")).isTrue();
        clock.pass(Duration.ofSeconds(1));
        assertThat(backOff.waits("erp", "10.0.0.1")).isFalse();
        backOff.succeeded("erp", "10.0.0.1");
        backOff.failed("erp", "10.0.0.1");
        assertThat(backOff.waits("erp", "10.0.0.1")).isFalse();
    }
}
