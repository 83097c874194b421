package org.crmgateway.config;

import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crmgateway.audit.AuditConfig;
import org.crmgateway.change.ChangeConfig;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.idempotency.IdempotencyConfig;
import org.crmgateway.security.Loopback;
import org.crmgateway.security.Sandbox;
import org.crmgateway.security.SecurityConfig;
import org.crmgateway.web.WebConfig;

/** All settings, checked. */
public record Settings(
        GatewayConfig gateway,
        DatabaseConfig database,
        SecurityConfig security,
        WebConfig web,
        ChangeConfig change,
        AuditConfig audit,
        IdempotencyConfig idempotency,
        Secrets secrets) {
    static final List<Class<?>> MAPPINGS = List.of(
            GatewayConfig.class,
            DatabaseConfig.class,
            SecurityConfig.class,
            WebConfig.class,
            ChangeConfig.class,
            AuditConfig.class,
            IdempotencyConfig.class);

    /** What each number and duration may be; beyond it the gateway cannot work as documented. */
    static final Map<String, Range> RANGES = Map.ofEntries(
            Map.entry("database.pool-size", Range.of(2, 500)),
            Map.entry("database.connection-timeout", Range.of("250ms", "60s")),
            Map.entry("database.lock-timeout", Range.of("100ms", "60s")),
            Map.entry("database.statement-timeout", Range.of("1s", "10m")),
            Map.entry("security.timestamp-age", Range.of("1s", "1h")),
            Map.entry("security.timestamp-ahead", Range.of("0s", "10m")),
            Map.entry("security.reload-interval", Range.of("1s", "1h")),
            Map.entry("security.crl-grace", Range.of("0s", "30d")),
            Map.entry("security.explain-memory", Range.sizes("0", "1GiB")),
            Map.entry("web.port", Range.of(0, 65_535)),
            Map.entry("web.tls.port", Range.of(0, 65_535)),
            Map.entry("web.max-connections", Range.of(1, 100_000)),
            Map.entry("web.connections-per-source", Range.of(4, 100_000)),
            Map.entry("web.connection-rate-per-source", Range.of(1, 100_000)),
            Map.entry("web.refusals-per-minute", Range.of(1, 1_000_000)),
            Map.entry("web.threads", Range.of(1, 1_000)),
            Map.entry("web.idle-timeout", Range.of("1s", "10m")),
            Map.entry("web.request-deadline", Range.of("1s", "10m")),
            Map.entry("web.message-size", Range.sizes("64KiB", "64MiB")),
            Map.entry("web.message-memory", Range.ofHeap("16MiB")),
            Map.entry("web.admin-port", Range.of(0, 65_535)),
            Map.entry("change.seal-interval", Range.of("10ms", "1m")),
            Map.entry("change.keep", Range.of("1d", "3650d")),
            Map.entry("audit.checkpoint-interval", Range.of("1s", "1h")),
            Map.entry("idempotency.keep", Range.of("1d", "3650d")));

    /**
     * Reads the configuration.
     *
     * @param file the YAML file; an environment variable of {@code variables} takes precedence over it
     * @throws OperatorError with all mistakes, each with its file and key
     */
    public static Settings read(Path file, Map<String, String> variables) {
        Mistakes mistakes = new Mistakes();
        ConfigReader reader = new ConfigReader(MAPPINGS, RANGES, "config/gateway.yaml");
        Environment environment = new Environment(variables);
        Map<String, Value> values = new LinkedHashMap<>(YamlFile.read(file, mistakes));
        Secrets.refuseInFile(values, mistakes);
        values.putAll(environment.values(reader.keys().keySet(), Secrets.KEYS, mistakes));
        Secrets.refuseInAddress(values, mistakes);
        SmallRyeConfig config = reader.read(values, file.toString(), mistakes);
        Settings settings = new Settings(
                config.getConfigMapping(GatewayConfig.class),
                config.getConfigMapping(DatabaseConfig.class),
                config.getConfigMapping(SecurityConfig.class),
                config.getConfigMapping(WebConfig.class),
                config.getConfigMapping(ChangeConfig.class),
                config.getConfigMapping(AuditConfig.class),
                config.getConfigMapping(IdempotencyConfig.class),
                new Secrets(environment));
        settings.refuseSandboxBehindProxy(values, mistakes);
        settings.refuseTlsWithoutKey(values, mistakes);
        mistakes.refuse();
        return settings;
    }

    private void refuseTlsWithoutKey(Map<String, Value> values, Mistakes mistakes) {
        Value only = values.get("web.tls.only");
        if (only != null && web.tls().only() && web.tls().keyStore().isEmpty()) {
            mistakes.add(only.where(), "web.tls.only", "needs web.tls.key-store; ./crm-gateway tls-key makes a key.");
        }
    }

    /** To the gateway everyone behind a proxy on its machine is on its machine. */
    private void refuseSandboxBehindProxy(Map<String, Value> values, Mistakes mistakes) {
        String key = "web.public-url";
        Value address = values.get(key);
        if (address != null
                && security.sandbox() == Sandbox.LOOPBACK
                && web.publicUrl().filter(url -> !Loopback.names(url.getHost())).isPresent()) {
            mistakes.add(
                    address.where(),
                    key,
                    "is not of this machine, but security.sandbox is loopback: whoever comes through a proxy here could call"
                            + " without security. Set security.sandbox to off.");
        }
    }
}
