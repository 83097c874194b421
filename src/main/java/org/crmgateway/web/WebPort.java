package org.crmgateway.web;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import org.apache.cxf.Bus;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.TlsPeer;
import org.crmgateway.contract.ContractSite;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.limit.Alarms;
import org.crmgateway.limit.Anteroom;
import org.crmgateway.limit.SourceLimits;
import org.crmgateway.limit.Sources;
import org.crmgateway.limit.Turnstile;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port that partners reach. First {@link #open}, then CXF endpoints are published below {@link #base}, then
 * {@link #start}: CXF's Jetty transport takes a server of ours only in this order.
 */
public final class WebPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebPort.class);

    /** Messages of strangers, and of known sources, that wait for their turn; each holds a connection. */
    private static final int WAITING = 1_000;

    /** Messages of one stranger that are read and worked on at once. */
    private static final int STRANGERS_READ = 2;

    /** With the wait for a connection to the database a refusal comes in less than a second. */
    private static final Turnstile.Patience PATIENCE =
            new Turnstile.Patience(Duration.ofMillis(400), Duration.ofMillis(150), Duration.ofSeconds(5));

    private final WebConfig config;
    private final @Nullable Tls tls;
    private final HttpServer server;
    private final ContextHandlerCollection services;
    private final ClientAddresses clients;
    private final Farewell farewell = new Farewell();
    private final Sources sources;

    private WebPort(
            WebConfig config, @Nullable Tls tls, HttpServer server, ContextHandlerCollection services, Clock clock) {
        this.config = config;
        this.tls = tls;
        this.server = server;
        this.services = services;
        this.clients = new ClientAddresses(config.trustedProxies().orElse(List.of()));
        this.sources = new Sources(
                new SourceLimits(
                        config.connectionsPerSource(), config.connectionRatePerSource(), config.refusalsPerMinute()),
                clock);
    }

    /**
     * Takes the port, and the one for TLS, and makes them the place where {@code bus} publishes endpoints. Nothing is served
     * yet.
     *
     * @param tlsKey the TLS key, where there is to be a port for TLS
     * @throws OperatorError when a port cannot be had, or a setting of TLS is none
     */
    public static WebPort open(WebConfig config, Bus bus, @Nullable SSLContext tlsKey, Clock clock) {
        Tls tls = tlsKey == null ? null : Tls.of(tlsKey, config.tls());
        HttpServer server = listen(config, tls);
        ContextHandlerCollection services = new ContextHandlerCollection();
        server.jetty().setHandler(services);
        try {
            // Unstarted, it would take no endpoint but the first of a path.
            services.start();
            new JettyHTTPServerEngineFactory(bus)
                    .createJettyHTTPServerEngine(config.host(), server.port(), "http")
                    .setServer(server.jetty());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("plain HTTP needs no key", e);
        } catch (Exception e) {
            throw new IllegalStateException("the services' handlers cannot be started", e);
        }
        return new WebPort(config, tls, server, services, clock);
    }

    private static HttpServer listen(WebConfig config, @Nullable Tls tls) {
        HttpServer.Limits limits =
                new HttpServer.Limits(config.threads(), config.idleTimeout(), config.requestDeadline());
        if (tls == null) {
            return HttpServer.bind("web.port", config.host(), config.port(), limits);
        }
        HttpServer plain =
                config.tls().only() ? null : HttpServer.bind("web.port", config.host(), config.port(), limits);
        return HttpServer.bindTls(plain, config.host(), config.tls().port(), limits, tls);
    }

    /** The port that was taken, also when the configured one is 0. */
    public int port() {
        return server.port();
    }

    /**
     * Where endpoints are published on this machine, e.g. {@code http://127.0.0.1:8080}; their paths follow. To CXF it is the
     * address of the plain port also where only TLS is served: it never sees the difference.
     */
    public URI base() {
        return URI.create("http://" + config.host() + ":" + port());
    }

    /** Where the port for TLS is on this machine, e.g. {@code https://127.0.0.1:8443}. */
    public Optional<URI> tlsBase() {
        return tls != null
                ? Optional.of(URI.create("https://" + config.host() + ":" + server.lastPort()))
                : Optional.empty();
    }

    /** The address callers use: of the port for TLS, where there is one. */
    public URI publicUrl() {
        return config.publicUrl().orElseGet(() -> {
            URI here = tlsBase().orElseGet(this::base);
            return config.host().equals("0.0.0.0")
                    ? URI.create(here.getScheme() + "://localhost:" + here.getPort())
                    : here;
        });
    }

    /**
     * Serves the endpoints published by now.
     *
     * @param endpoints their paths; nothing else reaches the services
     * @param explain what a peer with a TLS certificate may know of a refused call
     */
    public void start(
            ContractSite site,
            Set<String> endpoints,
            BiFunction<TlsPeer, String, Optional<List<String>>> explain,
            Telemetry telemetry,
            RefusalTrail trail,
            Alarms alarms) {
        Connections connections = new Connections(
                config.maxConnections(),
                sources,
                clients,
                telemetry,
                server.jetty().getThreadPool());
        server.watch(connections);
        server.add(new FailedHandshakes(telemetry, trail));
        telemetry.connections("stranger", connections::ofStrangers);
        telemetry.connections("known", connections::ofKnown);
        Turnstile turnstile = new Turnstile(
                sources, config.threads(), strangers(config.threads()), WAITING, PATIENCE, System::nanoTime);
        telemetry.gauge("crm.messages.waiting", "Whole messages that wait for their turn", turnstile::waiting);
        Refusals refusals = new Refusals(telemetry, trail, new SecureRandom(), clients);
        server.jetty().setErrorHandler(refusals::error);
        Handler whole = wholeBody(Runtime.getRuntime().maxMemory(), refusals);
        Anteroom anteroom = new Anteroom(STRANGERS_READ);
        telemetry.gauge("crm.messages.unread", "Messages of strangers that wait to be read", anteroom::waiting);
        Visitors visitors = new Visitors(clients, sources, anteroom, turnstile, connections, telemetry, trail, alarms);
        Handler door = new FrontDoor(site, endpoints, refusals, new SourceGate(visitors, refusals, whole));
        farewell.setHandler(new Deadline(config.requestDeadline(), new ExplainDoor(explain, refusals, door)));
        server.start(farewell);
    }

    /** After {@link #start}: from now on sources are judged by how often they are refused. */
    public void guard() {
        sources.count();
    }

    /** Connections that begin from now on are made with this key; only where there is a port for TLS. */
    public void replaceTlsKey(SSLContext key) {
        Objects.requireNonNull(tls, "there is no port for TLS").replace(key);
    }

    /** Decrypting takes a processor: strangers keep half of them busy, never all. */
    private static int strangers(int threads) {
        return Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), threads) / 2);
    }

    /** A tree takes up to fifteen times the bytes it is made of: half of the heap then holds the trees, an eighth the bodies. */
    private Handler wholeBody(long heap, Refusals refusals) {
        long largest = config.messageSize();
        long memory = config.messageMemory().orElse(Math.max(heap / 8, 2 * largest));
        long work = Math.max(Math.min(memory, heap / 8) / 4, largest);
        WholeBody.Room room = new WholeBody.Room(new ByteBudget(memory), new ByteBudget(work));
        // One of the largest messages can always be received and worked on.
        WholeBody.Room part = new WholeBody.Room(
                room.memory().part(Math.max(memory / 2, 2 * largest)),
                room.work().part(Math.max(work / 2, largest)));
        return new WholeBody(Math.toIntExact(largest), room, part, refusals, services);
    }

    /** From now on each answer ends its connection, so that callers turn to others; calls are served as before. */
    public void leave() {
        farewell.leave();
    }

    /**
     * Answers new calls 503 and waits until the running ones have ended, or the deadline has cut them. The endpoints can be
     * taken away then, while the server still runs; CXF complains when they go after it.
     */
    public void drain() {
        try {
            if (!farewell.close(config.requestDeadline().plusSeconds(1))) {
                LOG.warn("calls were still running after their deadline");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drains, then frees the port. */
    @Override
    public void close() {
        int port = port();
        server.stop();
        try {
            services.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the services' handlers cannot be stopped", e);
        }
        // CXF keeps engines by port for the whole process.
        JettyHTTPServerEngineFactory.destroyForPort(port);
    }
}
