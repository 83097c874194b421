package org.crmgateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.crmgateway.call.Digest;
import org.crmgateway.config.Settings;
import org.crmgateway.console.FirstStart;
import org.crmgateway.demo.DemoTarget;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.Protection;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;

/** A gateway for one demonstration: on free ports of this machine, with keys of its own, gone afterwards. */
final class DemoGateway implements AutoCloseable {
    /** A partner and a tenant of its own: on a database that others use, the demo touches nothing of theirs. */
    private static final String ERP = "demo-erp";

    private final Gateway gateway;
    private final KeyPairAndCertificate erpKey;
    private final Optional<Path> leftover;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DemoGateway(Gateway gateway, KeyPairAndCertificate erpKey, Optional<Path> leftover) {
        this.gateway = gateway;
        this.erpKey = erpKey;
        this.leftover = leftover;
    }

    /**
     * Starts it.
     *
     * @param config whose database is used unless that is in the data folder
     * @param data the data folder, kept for another demonstration; a fresh one, deleted at the end, when absent
     */
    static DemoGateway start(Path config, Map<String, String> environment, Optional<Path> data, Clock clock) {
        Path folder = data.orElseGet(DemoGateway::temporary);
        try {
            Map<String, String> variables = new HashMap<>(environment);
            variables.putAll(overrides(folder));
            Settings settings = Settings.read(config, variables);
            FirstStart keys = new FirstStart(settings, clock);
            if (!Files.exists(settings.security().keyStore())) {
                keys.makeKeys();
            }
            Gateway gateway = new Gateway(settings);
            KeyPairAndCertificate key = new KeyMaker(clock).make(ERP, Duration.ofDays(90));
            register(gateway, key);
            gateway.start();
            return new DemoGateway(gateway, key, data.isPresent() ? Optional.empty() : Optional.of(folder));
        } catch (RuntimeException e) {
            if (data.isEmpty()) {
                delete(folder);
            }
            throw e;
        }
    }

    private static Map<String, String> overrides(Path folder) {
        return Map.ofEntries(
                Map.entry("CRM_GATEWAY_DATA_FOLDER", folder.toAbsolutePath().toString()),
                Map.entry(
                        "CRM_GATEWAY_SECURITY_KEY_STORE",
                        folder.resolve("keys/gateway.p12").toString()),
                Map.entry(
                        "CRM_GATEWAY_SECURITY_KEY_STORE_PASSWORD_FILE",
                        folder.resolve("keys/gateway.password").toString()),
                Map.entry("CRM_GATEWAY_SECURITY_SANDBOX", "loopback"),
                Map.entry("CRM_GATEWAY_SECURITY_SANDBOX_PARTNER", ERP),
                Map.entry("CRM_GATEWAY_WEB_HOST", "127.0.0.1"),
                Map.entry("CRM_GATEWAY_WEB_PORT", "0"),
                Map.entry("CRM_GATEWAY_WEB_STOP_NOTICE", "0s"),
                Map.entry("CRM_GATEWAY_WEB_PUBLIC_URL", ""),
                Map.entry("CRM_GATEWAY_WEB_TLS_KEY_STORE", ""),
                Map.entry("CRM_GATEWAY_WEB_ADMIN_HOST", "127.0.0.1"),
                Map.entry("CRM_GATEWAY_WEB_ADMIN_PORT", "0"),
                Map.entry("CRM_GATEWAY_WEB_TLS_ONLY", "false"));
    }

    private static void register(Gateway gateway, KeyPairAndCertificate key) {
        Partner erp = new Partner(
                ERP,
                ERP,
                EnumSet.allOf(Operation.class),
                Protection.of(
                        EnumSet.of(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX), List.of(key.certificate())));
        String content = Fingerprint.of(key.certificate()).value();
        gateway.registry().replace(Map.of(erp, Digest.of(content.getBytes(StandardCharsets.US_ASCII))));
        gateway.registry().resume(ERP);
    }

    /** What its ERP team holds in its hands. */
    DemoTarget target(Dialect dialect) {
        URI services = URI.create(gateway.base() + "/services");
        return new DemoTarget(
                services,
                dialect,
                erpKey,
                gateway.keys().certificate(),
                gateway.keys().signingCertificate());
    }

    /** Also called by the hook that an interrupted demo ends with. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // A database that others use must not keep a partner of ours that may call.
            gateway.registry().suspend(ERP);
            gateway.close();
            leftover.ifPresent(DemoGateway::delete);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("crm-gateway-demo");
        } catch (IOException e) {
            throw new OperatorError("No temporary folder can be made. Name one by --data.", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
