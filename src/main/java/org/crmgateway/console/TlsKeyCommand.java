package org.crmgateway.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tls-key}: a key for the TLS port with a self-signed certificate, for clients that are given it. */
@Command(
        name = "tls-key",
        description = "Make a key for TLS with a self-signed certificate; one of a CA works the same, as PKCS#12.")
final class TlsKeyCommand implements Callable<Integer> {
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    private final Session session;

    @Option(
            names = "--host",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "localhost,127.0.0.1",
            description = "Names and addresses clients use, by commas; localhost,127.0.0.1 when not given.")
    private List<String> hosts = List.of();

    TlsKeyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        DataFolder.create(settings);
        Path usual = settings.gateway().dataFolder().resolve("keys/tls.p12");
        Path store = settings.web().tls().keyStore().orElse(usual);
        Path certificate = store.resolveSibling("tls.pem");
        for (Path file : List.of(store, certificate)) {
            if (Files.exists(file)) {
                throw new OperatorError(file + " exists and is not overwritten. Move it away to make another key.");
            }
        }
        KeyFiles files = new KeyFiles(session.clock());
        char[] password = settings.secrets().tlsKeyStoreFromEnvironment().orElseGet(() -> {
            char[] made = PartnerKit.password();
            files.writePassword(settings.web().tls().keyStorePasswordFile(), made);
            return made;
        });
        KeyPairAndCertificate key = new KeyMaker(session.clock()).makeForTls(hosts, TWO_YEARS);
        files.writeKeyStore(store, password, key);
        files.writeCertificate(certificate, key.certificate());
        session.say("Made a TLS key for " + String.join(", ", hosts) + ".");
        session.say("  " + store + "  the key (PKCS#12)");
        session.say("  " + certificate + "  its certificate, for clients to trust");
        if (settings.web().tls().keyStore().isEmpty()) {
            session.say("Set web.tls.key-store: " + store + " and start the gateway again.");
        }
        return Commands.DONE;
    }
}
