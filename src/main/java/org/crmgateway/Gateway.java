package org.crmgateway;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.crmgateway.audit.AuditLookup;
import org.crmgateway.audit.AuditSealer;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.audit.Checkpoints;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.backup.UnfinishedImport;
import org.crmgateway.call.TlsPeer;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.change.Sealer;
import org.crmgateway.change.Trimmer;
import org.crmgateway.config.Settings;
import org.crmgateway.console.DeclaredPartners;
import org.crmgateway.console.Reload;
import org.crmgateway.contract.ContractSite;
import org.crmgateway.customer.Customers;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.idempotency.Idempotency;
import org.crmgateway.limit.Alarms;
import org.crmgateway.limit.Lanes;
import org.crmgateway.order.OrderTable;
import org.crmgateway.order.Orders;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.record.Cursors;
import org.crmgateway.record.RecordGround;
import org.crmgateway.record.RecordIds;
import org.crmgateway.record.SecretTable;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.CheckpointSigner;
import org.crmgateway.security.Gates;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.NativeCrypto;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.RevocationLists;
import org.crmgateway.security.Revocations;
import org.crmgateway.security.SecurityConfig;
import org.crmgateway.security.ShapeLimits;
import org.crmgateway.security.TlsKey;
import org.crmgateway.security.Validity;
import org.crmgateway.security.explain.Explainer;
import org.crmgateway.security.explain.Explanation;
import org.crmgateway.soap.Chain;
import org.crmgateway.soap.Endpoints;
import org.crmgateway.soap.Services;
import org.crmgateway.soap.StaxLimits;
import org.crmgateway.soap.Traffic;
import org.crmgateway.telemetry.Telemetry;
import org.crmgateway.web.AdminPort;
import org.crmgateway.web.ReadinessCheck;
import org.crmgateway.web.TlsConfig;
import org.crmgateway.web.WebPort;
import org.jspecify.annotations.Nullable;

/** A gateway: every part, made and joined here and nowhere else, from the ground up. */
public final class Gateway implements AutoCloseable {
    private final Database database;
    private final Registry registry;
    private final Idempotency idempotency;
    private final Sealer sealer;
    private final Trimmer trimmer;
    private final Gates gates;
    private final Duration sealInterval;
    private final Explainer explainer;
    private final AuditSealer auditSealer;
    private final RefusalTrail refusals;
    private final Checkpoints checkpoints;
    private final Duration checkpointInterval;
    private final Housekeeping housekeeping = new Housekeeping();
    private final Settings settings;
    private final GatewayFiles files;
    private final KeyRing keys;
    private final Revocations revocations;
    private final Reload reload;
    private final CertificateWatch certificates;
    private final @Nullable TlsKey firstTlsKey;
    private final LegacyCountdown legacy;
    private final ClockWatch clocks;
    private final Telemetry telemetry;
    private final Alarms alarms;
    private final ContractSite site;
    private final Chain chain;
    private final Endpoints endpoints;
    private final WebPort port;
    private final AdminPort adminPort;
    private final Clock clock;
    private final boolean nativeCrypto;
    private volatile boolean warm;

    /**
     * Makes all parts, brings the schema up to date, takes the ports. Nothing is served before {@link #start}.
     *
     * @throws OperatorError when a key, the database or a port cannot be had
     */
    public Gateway(Settings settings) {
        clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        StaxLimits.apply(
                ShapeLimits.ofContract(), Math.toIntExact(settings.web().messageSize()));
        nativeCrypto = settings.security().nativeCrypto() && NativeCrypto.install();

        // Ground
        this.settings = settings;
        files = new GatewayFiles(settings, clock);
        reload = new Reload(watched());
        OwnKeys own = files.keys();
        firstTlsKey = files.tlsKey().orElse(null);
        RevocationLists lists = files.revocationLists();
        database = Database.open(settings.database(), settings.secrets().database(settings.database()));
        database.migrations().apply();
        UnfinishedImport.refuse(database);
        AuditTrail audit = new AuditTrail(clock);
        idempotency = new Idempotency(database, audit, settings.idempotency(), clock);
        registry = new Registry(database, audit, clock);
        sealer = new Sealer(database);
        trimmer = new Trimmer(database, settings.change(), clock);
        auditSealer = new AuditSealer(database);
        refusals = new RefusalTrail(database, clock);
        keys = new KeyRing(own, registry, clock);
        checkpoints = new Checkpoints(
                settings.audit().checkpoints(), database, new CheckpointSigner(keys::own, List.of(), clock), clock);
        checkpointInterval = settings.audit().checkpointInterval();
        sealInterval = settings.change().sealInterval();
        RecordGround ground = new RecordGround(
                database,
                idempotency,
                new ChangeLog(),
                audit,
                new RecordIds(clock, random),
                new Cursors(new SecretTable().cursorKey(database, random)),
                clock);

        // Rooms
        Customers customers = new Customers(ground, OrderTable::anyOpen);
        Orders orders = new Orders(ground, customers);

        // Doors
        telemetry = new Telemetry();
        telemetry.gauge("crm.database.connections", "Database connections in use", database::connectionsInUse);
        telemetry.gauge("crm.crypto.native", "1 with the native library, 0 with the JDK's", () -> nativeCrypto ? 1 : 0);
        telemetry.gauge("crm.reload.broken", "Kinds of files that cannot be read again", reload::broken);
        revocations = new Revocations(lists, settings.security().crlGrace(), clock);
        certificates = new CertificateWatch(keys, files::tlsCertificate, registry, revocations, telemetry, clock);
        Bus bus = BusFactory.newInstance().createBus();
        port = WebPort.open(
                settings.web(), bus, firstTlsKey == null ? null : firstTlsKey.server(registry, clock), clock);
        adminPort = AdminPort.open(settings.web());
        gates = new Gates(keys, revocations, registry, database, settings.security(), clock);
        explainer = Explainer.of(gates.refused(), new AuditLookup(database), keys, registry, settings.security());
        int largestMessage = Math.toIntExact(settings.web().messageSize());
        alarms = new Alarms(clock);
        Lanes lanes = new Lanes(settings.web().threads(), batches(settings), patience(settings));
        Traffic traffic = new Traffic(lanes, alarms, telemetry, clock);
        chain = new Chain(gates, idempotency, traffic, telemetry, refusals, clock, largestMessage);
        endpoints = new Endpoints(bus, chain, port.base(), port.tlsBase().orElse(null), port.publicUrl());
        new Services(customers, orders).publish(endpoints);
        site = new ContractSite(port.publicUrl(), firstTlsKey != null);
        legacy = new LegacyCountdown(registry, telemetry, clock);
        clocks = new ClockWatch(database, clock);
        telemetry.gauge(
                "crm.clock.skew", "How far this node's clock is ahead of the database's, in seconds", clocks::seconds);
    }

    /** A password that crosses a network in clear is no secret any more; so such a partner is not left to find out. */
    private void refuseUnservable() {
        if (firstTlsKey != null) {
            return;
        }
        registry.speaking(Dialect.USERNAME_TLS).stream().findFirst().ifPresent(partner -> {
            throw new OperatorError("Partner " + partner.name() + " uses username-tls, and there is no TLS."
                    + " Set web.tls.key-store (./crm-gateway tls-key makes a key), or suspend the partner.");
        });
    }

    /**
     * Serves. Ready once the calls to itself have been answered.
     *
     * @throws OperatorError when an endpoint is not guarded
     */
    public void start() {
        housekeeping.every(sealInterval, "number changes", sealer::seal);
        housekeeping.every(sealInterval, "note refusals", refusals::write);
        housekeeping.every(sealInterval, "seal the audit trail", auditSealer::seal);
        housekeeping.every(checkpointInterval, "sign an audit checkpoint", checkpoints::append);
        housekeeping.every(Duration.ofDays(1), "count down old dialects", legacy::log);
        housekeeping.every(Duration.ofSeconds(5), "end alarms", alarms::round);
        housekeeping.every(Duration.ofMinutes(1), "forget old signatures", gates::purge);
        housekeeping.every(Duration.ofMinutes(1), "forget answered keys", idempotency::purge);
        housekeeping.every(Duration.ofMinutes(1), "trim changes", trimmer::trim);
        housekeeping.every(settings.security().reloadInterval(), "read changed files", reload::round);
        housekeeping.every(Duration.ofSeconds(10), "look at the clock", clocks::round);
        housekeeping.every(Duration.ofMinutes(1), "look at certificates", certificates::round);
        Set<String> paths = endpoints.paths().collect(Collectors.toSet());
        port.start(site, paths, this::explain, telemetry, refusals, alarms);
        adminPort.start(
                telemetry,
                List.of(
                        new ReadinessCheck("database", database::reachable),
                        new ReadinessCheck("warm-up", () -> warm),
                        ReadinessCheck.told(
                                "revocation lists", () -> revocations.overdue().isEmpty()),
                        ReadinessCheck.told("clock", clocks::agrees),
                        ReadinessCheck.told("files", () -> reload.broken() == 0),
                        ReadinessCheck.told("native cryptography", () -> nativeCrypto)));
        refuseUnservable();
        SSLContext itself = firstTlsKey == null ? null : firstTlsKey.self();
        new SelfTest(port.tlsBase().orElseGet(port::base), itself, chain.selfTestHeaders())
                .run(endpoints.guarded().toList());
        port.guard();
        warm = true;
    }

    /** How long a batch waits for other batches before it is answered BUSY; its own time must be enough then. */
    private static Duration patience(Settings settings) {
        return settings.web().requestDeadline().dividedBy(3);
    }

    /** Of the connections to the database batches hold half at most: single calls of others find one. */
    private static int batches(Settings settings) {
        return Math.max(
                2, Math.min(settings.database().poolSize(), settings.web().threads()) / 2);
    }

    /** What the holder of a TLS client certificate may know of a call; partners may share one. */
    private Optional<List<String>> explain(TlsPeer peer, String callId) {
        Fingerprint certificate = Objects.requireNonNull(peer.certificate());
        return registry.withTls(certificate).stream()
                .flatMap(partner -> explainer.forPartner(partner, callId).stream())
                .map(Explanation::text)
                .findFirst();
    }

    private List<Reload.Watched> watched() {
        SecurityConfig security = settings.security();
        Path partners = settings.gateway().partnersFolder();
        List<Reload.Watched> watched = new ArrayList<>();
        watched.add(new Reload.Watched(
                "keys", List.of(security.keyStore(), security.keyStorePasswordFile()), this::replaceKeys));
        watched.add(new Reload.Watched("partner files", List.of(partners), () -> applyPartners(partners)));
        TlsConfig tls = settings.web().tls();
        tls.keyStore()
                .ifPresent(store -> watched.add(new Reload.Watched(
                        "TLS key", List.of(store, tls.keyStorePasswordFile()), this::replaceTlsKey)));
        security.crls()
                .ifPresent(folder ->
                        watched.add(new Reload.Watched("revocation lists", List.of(folder), this::replaceLists)));
        return watched;
    }

    private String replaceKeys() {
        keys.replace(files.keys());
        return keys.own().all().size() + " in the key store, "
                + Fingerprint.of(keys.signingCertificate()).abbreviated() + " signs";
    }

    private String replaceTlsKey() {
        TlsKey key = files.tlsKey().orElseThrow();
        port.replaceTlsKey(key.server(registry, clock));
        return Fingerprint.of(key.certificate()).abbreviated() + " until "
                + Validity.of(key.certificate()).until();
    }

    private String applyPartners(Path folder) {
        List<String> applied = DeclaredPartners.apply(folder, registry);
        return applied.isEmpty() ? "none is new" : "applied " + String.join(", ", applied);
    }

    private String replaceLists() {
        RevocationLists lists = files.revocationLists();
        revocations.replace(lists);
        return lists.byIssuer().size() + " in force";
    }

    public Registry registry() {
        return registry;
    }

    public Sealer sealer() {
        return sealer;
    }

    /** The files it reads again while it serves. */
    public Reload reload() {
        return reload;
    }

    public KeyRing keys() {
        return keys;
    }

    /** What was refused and is not written yet. */
    public RefusalTrail refusals() {
        return refusals;
    }

    public Database database() {
        return database;
    }

    /** Why calls were answered as they were. */
    public Explainer explainer() {
        return explainer;
    }

    /** Where services and contract pages are, as callers see them. */
    public URI publicUrl() {
        return port.publicUrl();
    }

    /** Where services and contract pages are on this machine. */
    public URI base() {
        return port.base();
    }

    /** The dialects that are served, by their labels. */
    public List<String> dialects() {
        return endpoints.dialects();
    }

    /** What the admin port's {@code /metrics} says. */
    public String scrape() {
        return telemetry.scrape();
    }

    public int adminPort() {
        return adminPort.port();
    }

    /** Serves a little longer, so that callers can turn elsewhere; then answers what is running, and ends. */
    @Override
    public void close() {
        boolean served = warm;
        warm = false;
        port.leave();
        if (served) {
            pause(settings.web().stopNotice());
        }
        port.drain();
        endpoints.close();
        port.close();
        adminPort.close();
        housekeeping.close();
        telemetry.close();
        database.close();
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
