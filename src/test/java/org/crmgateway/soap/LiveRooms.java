package org.crmgateway.soap;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.record.TestRooms;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.Gates;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.Sandbox;
import org.crmgateway.security.SecurityConfig;
import org.crmgateway.security.ShapeLimits;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Both rooms behind their real chain, on a real port of this machine. */
public final class LiveRooms implements AutoCloseable {
    private static final int LARGEST_MESSAGE = 4 << 20;

    static {
        StaxLimits.apply(ShapeLimits.ofContract(), LARGEST_MESSAGE);
    }

    private final KeyMaker keys = new KeyMaker(Clock.systemUTC());
    public final KeyPairAndCertificate gatewayKey = keys.make("gateway", Duration.ofDays(30));
    public final KeyPairAndCertificate partnerKey = keys.make("erp", Duration.ofDays(30));
    public final TestRooms rooms;
    public final URI services;
    private final Server jetty = new Server();
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final Bus bus = new ExtensionManagerBus();
    private final Telemetry telemetry = new Telemetry();
    private final Endpoints endpoints;

    public LiveRooms() throws Exception {
        this(TestDatabases.h2());
    }

    public LiveRooms(TestDatabases.Settings database) throws Exception {
        rooms = TestRooms.on(database);
        Clock clock = Clock.systemUTC();
        Registry registry = new Registry(rooms.database(), new AuditTrail(clock), clock);
        registry.replace(
                new Partner(
                        "erp",
                        "main",
                        Set.of(Dialect.values()),
                        EnumSet.allOf(Operation.class),
                        List.of(partnerKey.certificate()),
                        false,
                        false,
                        BigDecimal.ZERO,
                        Partner.State.ACTIVE),
                Digest.of(new byte[0]));
        KeyRing ring = new KeyRing(List.of(gatewayKey), registry);
        Gates gates = new Gates(ring, registry, rooms.database(), new Settings(), clock);
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        connector.open();
        jetty.addConnector(connector);
        jetty.setHandler(contexts);
        contexts.start();
        new JettyHTTPServerEngineFactory(bus)
                .createJettyHTTPServerEngine("127.0.0.1", connector.getLocalPort(), "http")
                .setServer(jetty);
        URI listener = URI.create("http://127.0.0.1:" + connector.getLocalPort());
        endpoints = new Endpoints(
                bus,
                new Chain(gates, rooms.idempotency(), telemetry, clock, LARGEST_MESSAGE),
                listener,
                URI.create("https://crm.example.com"));
        endpoints.publish(Area.CUSTOMER, (call, payload) -> new CustomerEndpoint(call, rooms.customers()));
        endpoints.publish(Area.ORDER, (call, payload) -> new OrderEndpoint(call, rooms.orders()));
        jetty.setHandler(contexts);
        jetty.start();
        services = URI.create(listener + "/services");
    }

    @Override
    public void close() throws Exception {
        jetty.stop();
        contexts.stop();
        endpoints.close();
        bus.shutdown(true);
        telemetry.close();
        rooms.close();
    }

    private record Settings() implements SecurityConfig {
        @Override
        public Path keyStore() {
            return Path.of("unused");
        }

        @Override
        public Path keyStorePasswordFile() {
            return Path.of("unused");
        }

        @Override
        public Sandbox sandbox() {
            return Sandbox.LOOPBACK;
        }

        @Override
        public Optional<String> sandboxPartner() {
            return Optional.of("erp");
        }

        @Override
        public Duration timestampAge() {
            return Duration.ofSeconds(300);
        }

        @Override
        public Duration timestampAhead() {
            return Duration.ofSeconds(60);
        }
    }
}
