package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.crmgateway.attack.Attack;
import org.crmgateway.failure.OperatorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    private static final char[] PASSWORD = "a pass phrase".toCharArray();
    private final KeyFiles files = new KeyFiles(Clock.systemUTC());
    private final KeyPairAndCertificate key = new KeyMaker(Clock.systemUTC()).make("erp-hamburg", Duration.ofDays(1));

    @TempDir
    Path folder;

    @Test
    void aKeyStoreComesBackAsItWasWritten() {
        Path file = folder.resolve("new/folder/gateway.p12");
        files.writeKeyStore(file, PASSWORD, key);
        assertThat(files.readKeyStore(file, PASSWORD)).containsExactly(key);
    }

    @Test
    @Attack("A-L11")
    void onlyItsOwnerReadsAKeyStore() throws Exception {
        Path file = folder.resolve("gateway.p12");
        files.writeKeyStore(file, PASSWORD, key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("gateway.p12");
    }

    @Test
    void aCertificateComesBackAsItWasWritten() {
        Path file = folder.resolve("erp.pem");
        files.writeCertificate(file, key.certificate());
        assertThat(files.readCertificates(file)).containsExactly(key.certificate());
    }

    @Test
    void aPasswordIsOneLine() {
        Path file = folder.resolve("password");
        files.writePassword(file, PASSWORD);
        assertThat(file).hasContent(new String(PASSWORD) + "\n");
    }

    @Test
    void aPasswordTheKeyStoreCannotTakeIsRefused() {
        assertThatThrownBy(() -> files.writeKeyStore(folder.resolve("gateway.p12"), "p\u00e4ss".toCharArray(), key))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("ASCII");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.p12");
        assertThatThrownBy(() -> files.readKeyStore(file, PASSWORD))
                .isInstanceOf(OperatorError.class)
                .hasMessage("The key store " + file + " does not exist. Make it or correct its path.");
    }

    @Test
    void aWrongPasswordIsToldApartFromABrokenFile() throws Exception {
        Path file = folder.resolve("gateway.p12");
        files.writeKeyStore(file, PASSWORD, key);
        assertThatThrownBy(() -> files.readKeyStore(file, "other".toCharArray()))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("cannot be opened with this password");
        Files.writeString(file, "not a key store");
        assertThatThrownBy(() -> files.readKeyStore(file, PASSWORD))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("not a readable PKCS#12 file");
    }

    @Test
    void anExpiredKeyIsRefusedWithItsDates() {
        Path file = folder.resolve("gateway.p12");
        files.writeKeyStore(file, PASSWORD, key);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        assertThatThrownBy(() -> new KeyFiles(later).readKeyStore(file, PASSWORD))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining(
                        key.certificate().getNotAfter().toInstant().toString());
    }

    @Test
    void aFileWithoutACertificateIsRefused() throws Exception {
        Path file = folder.resolve("erp.pem");
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> files.readCertificates(file))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("neither PEM nor DER");
        Files.writeString(file, "");
        assertThatThrownBy(() -> files.readCertificates(file)).isInstanceOf(OperatorError.class);
    }

    @Test
    void aStoreThatCannotSignOrNotDecryptIsRefused() {
        Path file = folder.resolve("gateway.p12");
        Instant now = Clock.systemUTC().instant();
        KeyMaker maker = new KeyMaker(Clock.systemUTC());
        for (KeyPurpose only : KeyPurpose.values()) {
            KeyPairAndCertificate half =
                    maker.make("half", now.minusSeconds(60), now.plus(Duration.ofDays(1)), EnumSet.of(only));
            files.writeKeyStore(file, PASSWORD, half);
            assertThatThrownBy(() -> files.readOwnKeys(file, PASSWORD))
                    .isInstanceOf(OperatorError.class)
                    .hasMessageContaining(
                            switch (only) {
                                case SIGNING -> "that is valid now decrypts";
                                case DECRYPTION -> "that is valid now signs";
                            });
        }
        files.addKey(file, PASSWORD, key);
        assertThat(files.readOwnKeys(file, PASSWORD).all()).hasSize(2).contains(key);
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() {
        Path file = folder.resolve("gateway.p12");
        KeyPairAndCertificate other = new KeyMaker(Clock.systemUTC()).make("other", Duration.ofDays(1));
        files.writeKeyStore(file, PASSWORD, new KeyPairAndCertificate(other.key(), key.certificate()));
        assertThatThrownBy(() -> files.readOwnKeys(file, PASSWORD))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("with its own certificate");
    }
}
