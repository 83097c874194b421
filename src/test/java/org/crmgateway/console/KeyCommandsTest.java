package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.OwnKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCommandsTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    @Test
    void theFirstKeyDoesEverything() throws IOException {
        Desk desk = Desk.started(folder);
        assertThat(desk.type("keys", "list")).isZero();
        assertThat(desk.out().lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).contains("signing,decryption").endsWith("signs and decrypts"));
        assertThat(desk.type("keys", "export", "--out", "kit")).isZero();
        assertThat(folder.resolve("kit/gateway.pem")).exists();
        assertThat(folder.resolve("kit/gateway-signing.pem")).doesNotExist();
        assertThat(folder.resolve("kit/gateway-next.pem")).doesNotExist();
    }

    @Test
    void aRenewedKeyDecryptsAtOnceAndSignsFromItsDay() throws IOException {
        Desk desk = Desk.started(folder);
        X509Certificate before = certificate(desk);
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(20);

        assertThat(desk.type("keys", "renew", "--from", day.toString(), "--out", "kit"))
                .isZero();

        OwnKeys keys = Administration.gatewayKeys(desk.settings(), CLOCK);
        Instant begins = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        assertThat(keys.all()).hasSize(2);
        assertThat(keys.signer(begins.minusMillis(1)).certificate()).isEqualTo(before);
        X509Certificate next = keys.signer(begins).certificate();
        assertThat(next).isNotEqualTo(before);
        KeyFiles files = new KeyFiles(CLOCK);
        assertThat(files.readCertificates(folder.resolve("kit/gateway.pem"))).containsExactly(before);
        assertThat(files.readCertificates(folder.resolve("kit/gateway-next.pem")))
                .containsExactly(next);
        assertThat(desk.out()).contains("answers will be signed with it from " + begins);
        desk.type("keys", "list");
        assertThat(desk.out().lines()).hasSize(2).anyMatch(line -> line.endsWith("  decrypts"));
    }

    @Test
    void keysForSigningAndDecryptionMayBeApart() throws IOException {
        Desk desk = Desk.started(folder);
        String first = Fingerprint.of(certificate(desk)).value();
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(desk.type("keys", "renew", "--for", "signing", "--from", today))
                .isZero();
        assertThat(desk.type("keys", "renew", "--for", "decryption", "--from", today))
                .isZero();
        X509Certificate dropped = certificate(desk, first);
        assertThat(desk.type("keys", "drop", first)).isZero();
        Path retired =
                desk.settings().security().keyStore().resolveSibling("retired-" + first.substring(0, 16) + ".pem");
        assertThat(new KeyFiles(CLOCK).readCertificates(retired)).containsExactly(dropped);

        assertThat(desk.type("partner", "add", "erp", "--out", "kit")).isZero();

        OwnKeys keys = Administration.gatewayKeys(desk.settings(), CLOCK);
        KeyFiles files = new KeyFiles(CLOCK);
        Instant now = CLOCK.instant();
        assertThat(keys.signer(now)).isNotEqualTo(keys.recipient(now));
        assertThat(files.readCertificates(folder.resolve("kit/gateway.pem")))
                .containsExactly(keys.recipient(now).certificate());
        assertThat(files.readCertificates(folder.resolve("kit/gateway-signing.pem")))
                .containsExactly(keys.signer(now).certificate());
    }

    @Test
    void theLastKeyOfAKindIsNotDropped() throws IOException {
        Desk desk = Desk.started(folder);
        String only = Fingerprint.of(certificate(desk)).abbreviated();
        assertThat(desk.type("keys", "drop", only)).isEqualTo(1);
        assertThat(desk.err()).contains("would sign then");
        desk.type(
                "keys",
                "renew",
                "--from",
                LocalDate.now(ZoneOffset.UTC).plusDays(1).toString());
        assertThat(desk.type("keys", "drop", only)).isEqualTo(1);
        assertThat(Administration.gatewayKeys(desk.settings(), CLOCK).all()).hasSize(2);
    }

    @Test
    void aFingerprintThatFitsNothingIsRefused() throws IOException {
        Desk desk = Desk.started(folder);
        assertThat(desk.type("keys", "drop", "0000000000")).isEqualTo(1);
        assertThat(desk.err()).startsWith("No certificate here has a fingerprint that begins 0000000000.");
        assertThat(desk.type("keys", "drop", "all")).isEqualTo(1);
    }

    @Test
    void withoutAGatewayThereIsNothingToReload() throws IOException {
        Desk desk = Desk.started(folder);
        assertThat(desk.type("reload")).isEqualTo(1);
        assertThat(desk.err()).startsWith("No gateway runs here");
    }

    @Test
    void anEndedKeyStaysKnownForWhatItSigned() throws IOException {
        Desk desk = Desk.started(folder);
        var settings = desk.settings();
        Clock later = Clock.offset(CLOCK, Duration.ofDays(725));
        new KeyFiles(CLOCK)
                .addKey(
                        settings.security().keyStore(),
                        settings.secrets().keyStore(settings.security()),
                        new KeyMaker(later).make("next", Duration.ofDays(30)));
        Clock afterwards = Clock.offset(CLOCK, Duration.ofDays(740));
        assertThat(Administration.gatewayKeys(settings, afterwards).all()).hasSize(2);
    }

    private static X509Certificate certificate(Desk desk, String fingerprint) {
        return Administration.gatewayKeys(desk.settings(), CLOCK).all().stream()
                .map(KeyPairAndCertificate::certificate)
                .filter(certificate -> Fingerprint.of(certificate).value().equals(fingerprint))
                .findFirst()
                .orElseThrow();
    }

    private static X509Certificate certificate(Desk desk) {
        return Administration.gatewayCertificate(desk.settings(), CLOCK);
    }
}
