package org.crmgateway.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crmgateway.Gateway;
import org.crmgateway.call.Digest;
import org.crmgateway.config.Settings;
import org.crmgateway.demo.DemoTarget;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;

/** A whole gateway on free ports with files of its own, and a partner for each usual dialect, each in a tenant of its own. */
public final class RunningGateway implements AutoCloseable {
    /** Those a partner is registered for; the others need TLS, or a network. */
    public static final List<Dialect> DIALECTS = List.of(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX);

    private final Gateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Dialect, KeyPairAndCertificate> keys = new EnumMap<>(Dialect.class);

    private RunningGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    /** On H2 in a folder. */
    public static RunningGateway start(Path folder) {
        return start(folder, Map.of());
    }

    /** @param variables settings as environment variables, over those of a test gateway */
    public static RunningGateway start(Path folder, Map<String, String> variables) {
        try {
            KeyMaker maker = new KeyMaker(Clock.systemUTC());
            KeyFiles files = new KeyFiles(Clock.systemUTC());
            Path keys = Files.createDirectories(folder.resolve("keys"));
            if (!Files.exists(keys.resolve("gateway.p12"))) {
                char[] password = "test-only".toCharArray();
                files.writePassword(keys.resolve("gateway.password"), password);
                files.writeKeyStore(
                        keys.resolve("gateway.p12"), password, maker.make("Test gateway", Duration.ofDays(90)));
            }
            Path config = folder.resolve("gateway.yaml");
            Files.writeString(config, """
                    data-folder: %s
                    web:
                      port: 0
                      admin-port: 0
                      refusals-per-minute: 1000000
                      connection-rate-per-source: 100000
                      stop-notice: 0s
                    security:
                      sandbox-partner: sandbox
                    """.formatted(folder.toAbsolutePath()));
            RunningGateway running = new RunningGateway(new Gateway(Settings.read(config, new HashMap<>(variables))));
            for (Dialect dialect : DIALECTS) {
                running.register(dialect, maker.make("Test " + dialect.label(), Duration.ofDays(90)));
            }
            running.gateway.start();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A partner of {@code legacy-2005} too, from this machine. */
    public void registerLegacy() {
        register(Dialect.LEGACY_2005, new KeyMaker(Clock.systemUTC()).make("Test legacy", Duration.ofDays(30)));
    }

    private void register(Dialect dialect, KeyPairAndCertificate key) {
        keys.put(dialect, key);
        PartnerDraft draft = PartnerDraft.named(dialect.label())
                .tenant(dialect.label())
                .dialects(dialect)
                .certificates(key.certificate());
        Partner partner = dialect == Dialect.LEGACY_2005
                ? draft.legacy(
                                LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC)
                                        .plusDays(30),
                                "127.0.0.0/8")
                        .partner()
                : draft.partner();
        gateway.registry().replace(Map.of(partner, Digest.of(dialect.label().getBytes(StandardCharsets.UTF_8))));
    }

    /** Makes a partner what this says. */
    public void apply(Partner partner) {
        gateway.registry().replace(Map.of(partner, Digest.of(partner.name().getBytes(StandardCharsets.UTF_8))));
    }

    public Gateway gateway() {
        return gateway;
    }

    public URI services() {
        return gateway.base().resolve("/services");
    }

    /** One for all calls: each of its own would open a connection, of which one source has so many. */
    public WireClient client() {
        return new WireClient(services(), http);
    }

    /** The security of the partner that uses this dialect. */
    public WireSecurity security(Dialect dialect) {
        KeyPairAndCertificate own = keys.get(dialect);
        return new WireSecurity(
                dialect, own.key(), own.certificate(), gateway.keys().certificate());
    }

    /** What the ERP team of that partner holds. */
    public DemoTarget target(Dialect dialect) {
        return new DemoTarget(
                services(), dialect, keys.get(dialect), gateway.keys().certificate());
    }

    /** Makes all changes readable that are committed by now. */
    public void seal() {
        gateway.sealer().seal();
    }

    public int count(String table) {
        return gateway.database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT COUNT(*) FROM " + table)
                        .mapTo(Integer.class)
                        .one());
    }

    @Override
    public void close() {
        gateway.close();
    }
}
