package org.crmgateway.console;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.crmgateway.config.Settings;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.KeyPurpose;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.Validity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys …}: the gateway's own keys for messages. A running gateway reads the key store again when it changes. */
@Command(name = "keys", description = "The gateway's own keys for messages.")
final class KeyCommands {
    private static final Duration TWO_YEARS = Duration.ofDays(730);
    /** For partners to accept the new certificate before the first answer signed with it. */
    private static final int DAYS_AHEAD = 14;

    private final Session session;

    KeyCommands(Session session) {
        this.session = session;
    }

    @Command(name = "list", description = "The keys in the key store, a line each, and what each does now.")
    int list() {
        return session.access().run(session.settings(), false, parts -> {
            OwnKeys keys = parts.gatewayKeys();
            Instant now = parts.clock().instant();
            keys.all().forEach(key -> session.say(line(key, keys, now)));
            return Commands.DONE;
        });
    }

    @Command(name = "export", description = "Write the certificates that partners need.")
    int export(
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where; partners/ in the data folder when not given.")
                    @Nullable
                    Path out) {
        return session.access().run(session.settings(), false, parts -> {
            exported(parts, out).forEach(session::say);
            return Commands.DONE;
        });
    }

    @Command(
            name = "renew",
            description = "Make a key beside the present one: it decrypts at once, and signs from the day given.")
    int renew(
            @Option(
                            names = "--from",
                            paramLabel = "DATE",
                            description = "When it begins to sign, UTC; in 14 days when not given, at once when today.")
                    @Nullable
                    LocalDate from,
            @Option(
                            names = "--for",
                            split = ",",
                            paramLabel = "PURPOSE",
                            description = "signing or decryption; one key for both when not given.")
                    @Nullable
                    List<KeyPurpose> purposes,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description =
                                    "Where partners' certificates are written; partners/ in the data folder when not given.")
                    @Nullable
                    Path out) {
        return session.access().run(session.settings(), false, parts -> {
            Instant now = parts.clock().instant();
            LocalDate day = from != null
                    ? from
                    : LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_AHEAD);
            Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant begins = midnight.isAfter(now) ? midnight : now;
            Set<KeyPurpose> uses = purposes == null ? EnumSet.allOf(KeyPurpose.class) : EnumSet.copyOf(purposes);
            KeyPairAndCertificate key =
                    new KeyMaker(parts.clock()).make("crm-gateway", begins, begins.plus(TWO_YEARS), uses);
            Settings settings = parts.settings();
            new KeyFiles(parts.clock())
                    .addKey(settings.security().keyStore(), settings.secrets().keyStore(settings.security()), key);
            applied(parts);
            session.say("Made the key " + Fingerprint.of(key.certificate()).abbreviated() + ". Give partners:");
            exported(parts, out).forEach(session::say);
            return Commands.DONE;
        });
    }

    @Command(
            name = "drop",
            description = "Take a key out of the key store: what is encrypted to it cannot be read again.")
    int drop(
            @Parameters(paramLabel = "FINGERPRINT", description = "Its certificate's, or the first 8 digits or more.")
                    String fingerprint) {
        return session.access().run(session.settings(), false, parts -> {
            Settings settings = parts.settings();
            X509Certificate gone = CertificateChoice.of(
                    fingerprint,
                    parts.gatewayKeys().all().stream()
                            .map(KeyPairAndCertificate::certificate)
                            .toList());
            Path store = settings.security().keyStore();
            String digits = Fingerprint.of(gone).abbreviated();
            KeyFiles files = new KeyFiles(parts.clock());
            files.removeKey(store, settings.secrets().keyStore(settings.security()), gone);
            Path kept = store.resolveSibling("retired-" + digits + ".pem");
            files.writeCertificate(kept, gone);
            applied(parts);
            session.say("The key " + digits + " is gone from " + store + ". Its certificate is kept in " + kept
                    + ": audit verify --certificate needs it for checkpoints that the key signed.");
            return Commands.DONE;
        });
    }

    private static void applied(Administration parts) {
        Reload reload = parts.reload();
        if (reload != null) {
            reload.round();
        }
    }

    private static List<String> exported(Administration parts, @Nullable Path out) {
        Path folder = out != null ? out : PartnerKit.folder(parts.settings());
        return new GatewayCertificates(folder, new KeyFiles(parts.clock()))
                .write(parts.gatewayKeys(), parts.clock().instant());
    }

    private static String line(KeyPairAndCertificate key, OwnKeys keys, Instant now) {
        Validity validity = Validity.of(key.certificate());
        String purposes = KeyPurpose.of(key.certificate()).stream()
                .map(purpose -> purpose.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        return "%s  %-18s %s to %s  %s"
                .formatted(
                        Fingerprint.of(key.certificate()).abbreviated(),
                        purposes,
                        validity.from(),
                        validity.until(),
                        state(key, keys, now));
    }

    private static String state(KeyPairAndCertificate key, OwnKeys keys, Instant now) {
        Validity validity = Validity.of(key.certificate());
        if (validity.ended(now)) {
            return "ended";
        }
        boolean decrypts = KeyPurpose.of(key.certificate()).contains(KeyPurpose.DECRYPTION);
        boolean signs = keys.signer(now).equals(key);
        String does = signs && decrypts ? "signs and decrypts" : signs ? "signs" : decrypts ? "decrypts" : "waits";
        return validity.ending(now) ? does + ", " + validity.daysLeft(now) + " days left" : does;
    }
}
