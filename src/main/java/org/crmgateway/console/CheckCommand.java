package org.crmgateway.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.crmgateway.config.PartnerFolder;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.security.TlsKey;
import org.crmgateway.web.WebConfig;
import picocli.CommandLine.Command;

/** {@code check}: whether a gateway could start with this configuration; a line for each thing looked at. */
@Command(
        name = "check",
        description =
                "Look at configuration, keys, partner files, database and ports; a line for each, exit code 1 if any is bad.")
final class CheckCommand implements Callable<Integer> {
    private final Session session;
    private boolean good = true;
    private boolean live;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
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
                line("TLS port", () -> free("web.tls.port", web.host(), web.tls().port()));
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
        X509Certificate certificate = Administration.gatewayCertificate(settings, session.clock());
        return settings.security().keyStore() + " opens; its certificate is valid until "
                + certificate.getNotAfter().toInstant();
    }

    private String tlsKey(Settings settings, Path file) {
        char[] password = settings.secrets().tlsKeyStore(settings.web().tls());
        boolean none = new FirstStart(settings, session.clock()).needed();
        X509Certificate certificate = TlsKey.read(
                        file,
                        password,
                        none ? List.of() : Administration.gatewayKeys(settings, session.clock()),
                        session.clock())
                .certificate();
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
        return Commands.DONE;
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
