package org.crmgateway.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.crmgateway.config.PartnerFolder;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Partner;
import org.crmgateway.security.CrlFiles;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.RevocationLists;
import org.crmgateway.security.Revocations;
import org.crmgateway.security.TlsKey;
import org.crmgateway.security.Validity;
import org.crmgateway.web.WebConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: whether a gateway could start with this configuration; a line for each thing looked at. */
@Command(
        name = "check",
        description =
                "Look at configuration, keys, partner files, database and ports; a line for each, exit code 1 if any is bad.")
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--advisories",
            description =
                    "Ask Maven whether a library with a published weakness can be replaced; nothing else is looked at.")
    private boolean advisories;

    private boolean good = true;
    private boolean live;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (advisories) {
            return new AdvisoryReport(session, Path.of("mvn")).print() ? Commands.DONE : Commands.NOT_DONE;
        }
        Settings settings;
        try {
            settings = session.settings();
        } catch (OperatorError e) {
            bad("configuration", e);
            return Commands.NOT_DONE;
        }
        line("configuration", () -> session.configuration() + " is complete and correct");
        line("keys", () -> keys(settings));
        settings.web().tls().keyStore().ifPresent(file -> line("TLS key", () -> tlsKey(settings, file)));
        line("partner files", () -> {
            int files = PartnerFolder.read(settings.gateway().partnersFolder()).size();
            return files + " in " + settings.gateway().partnersFolder();
        });
        settings.security().crls().ifPresent(folder -> line("revocation lists", () -> lists(CrlFiles.read(folder))));
        try {
            session.access().run(settings, false, parts -> {
                live = parts.live();
                return database(settings, parts);
            });
        } catch (OperatorError e) {
            bad("database", e);
        }
        if (live) {
            session.say("ok   ports: in use by the running gateway");
        } else {
            WebConfig web = settings.web();
            if (!web.tls().only()) {
                line("port", () -> free("web.port", web.host(), web.port()));
            }
            if (web.tls().keyStore().isPresent()) {
                line(
                        "TLS port",
                        () -> free("web.tls.port", web.host(), web.tls().port()));
            }
            line("admin port", () -> free("web.admin-port", web.adminHost(), web.adminPort()));
        }
        return good ? Commands.DONE : Commands.NOT_DONE;
    }

    private String keys(Settings settings) {
        FirstStart first = new FirstStart(settings, session.clock());
        if (first.needed()) {
            return "none yet; the first serve makes a development key set in "
                    + settings.gateway().dataFolder();
        }
        OwnKeys keys = Administration.gatewayKeys(settings, session.clock());
        Instant now = session.clock().instant();
        Validity signer = Validity.of(keys.signer(now).certificate());
        Validity recipient = Validity.of(keys.recipient(now).certificate());
        Instant end = signer.until().isBefore(recipient.until()) ? signer.until() : recipient.until();
        String soon = signer.ending(now) || recipient.ending(now) ? "; make another by ./crm-gateway keys renew" : "";
        return settings.security().keyStore() + " opens; what signs and decrypts is valid until " + end + soon;
    }

    private String tlsKey(Settings settings, Path file) {
        char[] password = settings.secrets().tlsKeyStore(settings.web().tls());
        X509Certificate certificate =
                TlsKey.read(file, password, session.clock()).certificate();
        if (!new FirstStart(settings, session.clock()).needed()) {
            Administration.gatewayKeys(settings, session.clock()).requireApartFrom(certificate);
        }
        return file + " opens; its certificate is valid until "
                + certificate.getNotAfter().toInstant();
    }

    private int database(Settings settings, Administration parts) {
        line("database", () -> {
            if (!parts.database().reachable()) {
                throw new OperatorError("does not answer. Check that its server runs.");
            }
            return settings.database().url() + " answers";
        });
        line("migrations", () -> {
            List<String> pending = parts.database().migrations().pending();
            return pending.isEmpty()
                    ? "the schema is at this version"
                    : pending.size() + " to apply; serve does it, or ./crm-gateway migrate";
        });
        if (parts.database().migrations().pending().isEmpty()) {
            line("partners' certificates", () -> certificates(parts));
        }
        return Commands.DONE;
    }

    private String lists(RevocationLists lists) {
        Revocations revocations = new Revocations(lists, Duration.ZERO, session.clock());
        if (!revocations.overdue().isEmpty()) {
            throw new OperatorError("Overdue: the next one of " + revocations.overdue() + ". Fetch it.");
        }
        return lists.byIssuer().size() + " verified and up to date";
    }

    private static String certificates(Administration parts) {
        Instant now = parts.clock().instant();
        List<String> ending = new ArrayList<>();
        for (Partner partner : parts.registry().list()) {
            if (partner.certificates().stream().anyMatch(one -> Validity.of(one).ending(now))) {
                ending.add(partner.name());
            }
        }
        return ending.isEmpty()
                ? "none ends within 60 days"
                : "end within 60 days, or have: " + String.join(", ", ending) + "; see ./crm-gateway partner list";
    }

    private void line(String what, Supplier<String> look) {
        try {
            session.say("ok   " + what + ": " + look.get());
        } catch (OperatorError e) {
            bad(what, e);
        }
    }

    private void bad(String what, OperatorError why) {
        good = false;
        session.say("BAD  " + what + ": " + why.getMessage());
    }

    /** @throws OperatorError when another process listens there */
    private static String free(String key, String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
            return host + ":" + port + " is free";
        } catch (IOException e) {
            throw new OperatorError(
                    host + ":" + port + " cannot be opened (" + e.getMessage() + "). Choose another " + key + ".", e);
        }
    }
}
