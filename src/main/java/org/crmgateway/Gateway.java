package org.crmgateway;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.crmgateway.audit.AuditSealer;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.audit.Checkpoints;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.change.Sealer;
import org.crmgateway.config.Settings;
import org.crmgateway.contract.ContractSite;
import org.crmgateway.customer.Customers;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.idempotency.Idempotency;
import org.crmgateway.order.OrderTable;
import org.crmgateway.order.Orders;
import org.crmgateway.record.Cursors;
import org.crmgateway.record.RecordGround;
import org.crmgateway.record.RecordIds;
import org.crmgateway.record.SecretTable;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.CheckpointSigner;
import org.crmgateway.security.Gates;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.ShapeLimits;
import org.crmgateway.soap.Chain;
import org.crmgateway.soap.Endpoints;
import org.crmgateway.soap.Services;
import org.crmgateway.soap.StaxLimits;
import org.crmgateway.telemetry.Telemetry;
import org.crmgateway.web.AdminPort;
import org.crmgateway.web.ReadinessCheck;
import org.crmgateway.web.WebPort;

/** A gateway: every part, made and joined here and nowhere else, from the ground up. */
public final class Gateway implements AutoCloseable {
    private final Database database;
    private final Registry registry;
    private final Idempotency idempotency;
    private final Sealer sealer;
    private final Gates gates;
    private final Duration sealInterval;
    private final AuditSealer auditSealer;
    private final RefusalTrail refusals;
    private final Checkpoints checkpoints;
    private final Duration checkpointInterval;
    private final Housekeeping housekeeping = new Housekeeping();
    private final KeyRing keys;
    private final Telemetry telemetry;
    private final ContractSite site;
    private final Endpoints endpoints;
    private final WebPort port;
    private final AdminPort adminPort;
    private volatile boolean warm;

    /**
     * Makes all parts, brings the schema up to date, takes the ports. Nothing is served before {@link #start}.
     *
     * @throws OperatorError when a key, the database or a port cannot be had
     */
    public Gateway(Settings settings) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        StaxLimits.apply(
                ShapeLimits.ofContract(), Math.toIntExact(settings.web().messageSize()));

        // Ground
        KeyFiles keyFiles = new KeyFiles(clock);
        var own = keyFiles.readKeyStore(
                settings.security().keyStore(), settings.secrets().keyStore(settings.security()));
        database = Database.open(settings.database(), settings.secrets().database(settings.database()));
        database.migrations().apply();
        AuditTrail audit = new AuditTrail(clock);
        idempotency = new Idempotency(database, audit, settings.idempotency(), clock);
        registry = new Registry(database, audit, clock);
        sealer = new Sealer(database);
        auditSealer = new AuditSealer(database);
        refusals = new RefusalTrail(database, clock);
        checkpoints =
                new Checkpoints(settings.audit().checkpoints(), database, new CheckpointSigner(own, List.of()), clock);
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
        keys = new KeyRing(own, registry);
        Bus bus = BusFactory.newInstance().createBus();
        port = WebPort.open(settings.web(), bus);
        adminPort = AdminPort.open(settings.web());
        gates = new Gates(keys, registry, database, settings.security(), clock);
        int largestMessage = Math.toIntExact(settings.web().messageSize());
        Chain chain = new Chain(gates, idempotency, telemetry, refusals, clock, largestMessage);
        endpoints = new Endpoints(bus, chain, port.base(), port.publicUrl());
        new Services(customers, orders).publish(endpoints);
        site = new ContractSite(port.publicUrl());
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
        housekeeping.every(Duration.ofMinutes(1), "forget old signatures", gates::purge);
        housekeeping.every(Duration.ofMinutes(1), "forget answered keys", idempotency::purge);
        Set<String> paths = endpoints.paths().collect(Collectors.toSet());
        port.start(site, paths, telemetry, refusals);
        adminPort.start(
                telemetry,
                List.of(
                        new ReadinessCheck("database", database::reachable),
                        new ReadinessCheck("warm-up", () -> warm)));
        new SelfTest(port.base()).run(endpoints.guarded().toList());
        warm = true;
    }

    public Registry registry() {
        return registry;
    }

    public Sealer sealer() {
        return sealer;
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

    /** Where services and contract pages are, as callers see them. */
    public URI publicUrl() {
        return port.publicUrl();
    }

    /** Where services and contract pages are on this machine. */
    public URI base() {
        return port.base();
    }

    public int adminPort() {
        return adminPort.port();
    }

    /** Answers what is running, then ends. */
    @Override
    public void close() {
        warm = false;
        port.drain();
        endpoints.close();
        port.close();
        adminPort.close();
        housekeeping.close();
        telemetry.close();
        database.close();
    }
}
