package org.crmgateway.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.PasswordHash;
import org.crmgateway.wire.TlsFiles;
import org.crmgateway.wire.WireClient;
import org.crmgateway.wire.WireSecurity;
import org.jspecify.annotations.Nullable;

/**
 * A gateway process of its own, as {@code ./crm-gateway serve} starts it, on fresh data, and partners whose keys are ours. Its
 * settings are the defaults and what the environment says.
 */
public final class BenchGateway implements AutoCloseable {
    private static final Duration VALID = Duration.ofDays(30);
    private static final String PARTNER = """
            name: %1$s
            tenant: %1$s
            dialects: [%2$s]
            rights: [all]
            certificates: [%1$s.pem]
            %3$s
            """;

    private final Path work;
    private final GatewayProcess process;
    private final URI base;
    private final X509Certificate certificate;
    private final Map<String, KeyPairAndCertificate> keys;
    private final @Nullable TlsFiles tls;

    private BenchGateway(
            Path work,
            GatewayProcess process,
            URI base,
            X509Certificate certificate,
            Map<String, KeyPairAndCertificate> keys,
            @Nullable TlsFiles tls) {
        this.work = work;
        this.process = process;
        this.base = base;
        this.certificate = certificate;
        this.keys = keys;
        this.tls = tls;
    }

    /**
     * @param program the start script of the gateway
     * @param partners names; each has a tenant of its own
     */
    public static BenchGateway start(Path program, String... partners) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("crm-gateway-bench");
        return start(program, work, null, List.of(Dialect.MODERN, Dialect.COMPATIBLE), "", Map.of(), partners);
    }

    /**
     * One whose sandbox serves as that partner, too.
     *
     * @param settings as environment variables
     */
    public static BenchGateway startWithSandbox(Path program, Map<String, String> settings, String partner)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("crm-gateway-bench");
        Map<String, String> all = new HashMap<>(settings);
        all.put("CRM_GATEWAY_SECURITY_SANDBOX_PARTNER", partner);
        return start(program, work, null, List.of(Dialect.MODERN, Dialect.SANDBOX), "", all, partner);
    }

    /**
     * One that serves over TLS only, in every dialect but {@code sandbox}.
     *
     * @param password of each partner, for {@code username-tls}
     */
    public static BenchGateway startWithTls(Path program, String password, String... partners)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("crm-gateway-bench");
        String more = "password: '"
                + PasswordHash.of(password.toCharArray(), new SecureRandom()).form() + "'\nlegacy: {until: "
                + LocalDate.now(ZoneOffset.UTC).plusDays(VALID.toDays()) + ", networks: [127.0.0.0/8]}";
        List<Dialect> dialects =
                Stream.of(Dialect.values()).filter(Dialect::secured).toList();
        return start(program, work, TlsFiles.in(work), dialects, more, Map.of(), partners);
    }

    private static BenchGateway start(
            Path program,
            Path work,
            @Nullable TlsFiles tls,
            List<Dialect> dialects,
            String more,
            Map<String, String> others,
            String... partners)
            throws IOException, InterruptedException {
        WSSConfig.init();
        String labels = dialects.stream().map(Dialect::label).collect(Collectors.joining(", "));
        KeyFiles files = new KeyFiles(Clock.systemUTC());
        Map<String, KeyPairAndCertificate> keys = new LinkedHashMap<>();
        for (String partner : partners) {
            KeyPairAndCertificate key = stranger(partner);
            keys.put(partner, key);
            files.writeCertificate(work.resolve("partners").resolve(partner + ".pem"), key.certificate());
            Files.writeString(
                    work.resolve("partners").resolve(partner + ".yaml"), PARTNER.formatted(partner, labels, more));
        }
        Map<String, String> settings = new HashMap<>(others);
        settings.put("CRM_GATEWAY_PARTNERS_FOLDER", work.resolve("partners").toString());
        if (tls != null) {
            settings.putAll(tls.settings("CRM_GATEWAY_WEB_TLS_ONLY", "true"));
        }
        GatewayProcess process = GatewayProcess.launch(program.toAbsolutePath(), work, settings);
        // Also when we are stopped in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.handle().destroy()));
        URI base = process.awaitReady(HttpClient.newHttpClient());
        // Fresh data, hence one key.
        Path store = work.resolve("data/keys/gateway.p12");
        char[] password = Files.readString(work.resolve("data/keys/gateway.password"))
                .strip()
                .toCharArray();
        X509Certificate certificate = files.readKeyStore(store, password).get(0).certificate();
        return new BenchGateway(work, process, base, certificate, keys, tls);
    }

    /** A key pair that nobody has registered. */
    public static KeyPairAndCertificate stranger(String name) {
        return new KeyMaker(Clock.systemUTC()).make(name, VALID);
    }

    public WireSecurity security(String partner, Dialect dialect) {
        KeyPairAndCertificate own = keys.get(partner);
        return new WireSecurity(dialect, own.key(), own.certificate(), certificate);
    }

    public KeyPairAndCertificate keys(String partner) {
        return keys.get(partner);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** What connects to it, where it serves over TLS. */
    public SSLContext tlsClient() {
        return Objects.requireNonNull(tls).client();
    }

    public WireClient client() {
        URI services = base.resolve("/services");
        return tls == null ? new WireClient(services) : tls.over(tls.client(), services);
    }

    /** Where services and contract pages are. */
    public URI base() {
        return base;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(base.getHost(), base.getPort());
    }

    public ProcessUse use() {
        return new ProcessUse(process.handle());
    }

    /** Ends it and removes its files. */
    @Override
    public void close() throws IOException {
        try {
            process.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(work)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
