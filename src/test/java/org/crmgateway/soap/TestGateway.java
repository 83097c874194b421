package org.crmgateway.soap;

import jakarta.xml.bind.Unmarshaller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxb.JAXBDataBinding;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.idempotency.Idempotency;
import org.crmgateway.limit.Alarms;
import org.crmgateway.limit.Lanes;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.record.TestRooms;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.Gates;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.RevocationLists;
import org.crmgateway.security.Revocations;
import org.crmgateway.security.Sandbox;
import org.crmgateway.security.ShapeLimits;
import org.crmgateway.security.TestSecurity;
import org.crmgateway.telemetry.Telemetry;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.crmgateway.wire.WireSecurity;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** A watched order service and the real customer service behind their real chain, on a real port of this machine. */
final class TestGateway implements AutoCloseable {
    static final int LARGEST_MESSAGE = 4 << 20;

    static {
        StaxLimits.apply(ShapeLimits.ofContract(), LARGEST_MESSAGE);
    }

    final ServedOrders orders = new ServedOrders();
    final KeyPairAndCertificate gatewayKey;
    final KeyPairAndCertificate partnerKey;
    final KeyRing keys;
    final Revocations revocations;
    final Registry registry;
    final Endpoints endpoints;
    final Database database;
    final RefusalTrail refusals;
    private final AtomicInteger unmarshalled = new AtomicInteger();
    private final org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    private final ContextHandlerCollection services = new ContextHandlerCollection();
    private final Bus bus = new ExtensionManagerBus();
    private final URI listener;
    private final HttpClient http = HttpClient.newHttpClient();
    final Telemetry telemetry = new Telemetry();

    TestGateway() throws Exception {
        this(Clock.systemUTC(), Sandbox.LOOPBACK);
    }

    TestGateway(Clock clock, Sandbox sandbox) throws Exception {
        this(clock, sandbox, TestDatabases.h2());
    }

    TestGateway(Clock clock, Sandbox sandbox, DatabaseConfig databaseConfig) throws Exception {
        KeyMaker maker = new KeyMaker(clock);
        gatewayKey = maker.make("gateway", Duration.ofDays(90));
        partnerKey = maker.make("erp", Duration.ofDays(90));
        database = Database.open(databaseConfig, "");
        database.migrations().apply();
        registry = new Registry(database, new AuditTrail(clock), clock);
        apply(partner -> partner);
        keys = new KeyRing(new OwnKeys(List.of(gatewayKey)), registry, clock);
        revocations = new Revocations(RevocationLists.NONE, Duration.ofHours(24), clock);
        Gates gates = new Gates(keys, revocations, registry, database, new TestSecurity(sandbox), clock);
        Idempotency idempotency = new Idempotency(database, new AuditTrail(clock), () -> Duration.ofDays(30), clock);
        refusals = new RefusalTrail(database, clock);
        Chain chain = new Chain(gates, idempotency, traffic(clock), telemetry, refusals, clock, LARGEST_MESSAGE);
        listener = open();
        endpoints = new Endpoints(bus, chain, listener, null, URI.create("https://crm.example.com/gateway/"));
        endpoints.publish(Area.ORDER, orders::endpoint);
        TestRooms rooms = TestRooms.on(database);
        endpoints.publish(Area.CUSTOMER, call -> new CustomerEndpoint(call, rooms.customers()));
        jetty.setHandler(services);
        jetty.start();
        endpoints.servers().forEach(this::countUnmarshalling);
    }

    private Traffic traffic(Clock clock) {
        return new Traffic(new Lanes(32, 6, Duration.ofSeconds(10)), new Alarms(clock), telemetry, clock);
    }

    private URI open() throws Exception {
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        connector.open();
        jetty.addConnector(connector);
        jetty.setHandler(services);
        services.start();
        new JettyHTTPServerEngineFactory(bus)
                .createJettyHTTPServerEngine("127.0.0.1", connector.getLocalPort(), "http")
                .setServer(jetty);
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    private void countUnmarshalling(Server server) {
        JAXBDataBinding binding =
                (JAXBDataBinding) server.getEndpoint().getService().getDataBinding();
        binding.setUnmarshallerListener(new Unmarshaller.Listener() {
            @Override
            public void beforeUnmarshal(Object target, Object parent) {
                unmarshalled.incrementAndGet();
            }
        });
    }

    /** Changes the partner {@code erp}. */
    void apply(UnaryOperator<Partner> change) {
        Partner erp = PartnerDraft.named("erp")
                .dialects(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX)
                .certificates(partnerKey.certificate())
                .partner();
        registry.replace(Map.of(change.apply(erp), Digest.of(new byte[0])));
    }

    /** How many objects have been made of messages' bodies. */
    int unmarshalled() {
        return unmarshalled.get();
    }

    URI address(Dialect dialect, SoapEnvelope version) {
        return URI.create(listener + Endpoints.path(Area.ORDER, dialect, version == SoapEnvelope.SOAP_12));
    }

    Endpoint endpoint(Dialect dialect, SoapEnvelope version) {
        String address = address(dialect, version).toString();
        return endpoints
                .servers()
                .map(Server::getEndpoint)
                .filter(endpoint -> endpoint.getEndpointInfo().getAddress().equals(address))
                .findFirst()
                .orElseThrow();
    }

    URI listener() {
        return listener;
    }

    WireClient client() {
        return new WireClient(URI.create(listener + "/services"), http);
    }

    WireSecurity security(Dialect dialect) {
        return new WireSecurity(dialect, partnerKey.key(), partnerKey.certificate(), gatewayKey.certificate());
    }

    @Override
    public void close() throws IOException {
        try {
            jetty.stop();
            services.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
        endpoints.close();
        bus.shutdown(true);
        telemetry.close();
        database.close();
    }
}
