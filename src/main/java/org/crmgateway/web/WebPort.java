package org.crmgateway.web;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.cxf.Bus;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.contract.ContractSite;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port that partners reach. First {@link #open}, then CXF endpoints are published below {@link #base}, then
 * {@link #start}: CXF's Jetty transport takes a server of ours only in this order.
 */
public final class WebPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebPort.class);

    private final WebConfig config;
    private final HttpServer server;
    private final ContextHandlerCollection services;
    private final GracefulHandler graceful = new GracefulHandler();

    private WebPort(WebConfig config, HttpServer server, ContextHandlerCollection services) {
        this.config = config;
        this.server = server;
        this.services = services;
    }

    /**
     * Takes the port and makes it the place where {@code bus} publishes endpoints. Nothing is served yet.
     *
     * @throws OperatorError when the port cannot be had
     */
    public static WebPort open(WebConfig config, Bus bus) {
        HttpServer server = HttpServer.bind(
                "web.port",
                config.host(),
                config.port(),
                new HttpServer.Limits(
                        config.threads(), config.maxConnections(), config.idleTimeout(), config.requestDeadline()));
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
        return new WebPort(config, server, services);
    }

    /** The port that was taken, also when the configured one is 0. */
    public int port() {
        return server.port();
    }

    /** Where endpoints are published on this machine, e.g. {@code http://127.0.0.1:8080}; their paths follow. */
    public URI base() {
        return URI.create("http://" + config.host() + ":" + port());
    }

    /** The address callers use. */
    public URI publicUrl() {
        return config.publicUrl()
                .orElseGet(() -> config.host().equals("0.0.0.0") ? URI.create("http://localhost:" + port()) : base());
    }

    /**
     * Serves the endpoints published by now.
     *
     * @param endpoints their paths; nothing else reaches the services
     */
    public void start(ContractSite site, Set<String> endpoints, Telemetry telemetry, RefusalTrail trail) {
        Refusals refusals = new Refusals(telemetry, trail, new SecureRandom());
        server.jetty().setErrorHandler(refusals::error);
        Handler whole = wholeBody(Runtime.getRuntime().maxMemory(), refusals);
        Handler door = new FrontDoor(site, endpoints, refusals, whole);
        graceful.setHandler(new Deadline(config.requestDeadline(), door));
        server.start(graceful);
    }

    /** A tree takes up to fifteen times the bytes it is made of: half of the heap then holds the trees, an eighth the bodies. */
    private Handler wholeBody(long heap, Refusals refusals) {
        long largest = config.messageSize();
        long memory = config.messageMemory().orElse(Math.max(heap / 8, 2 * largest));
        long work = Math.max(Math.min(memory, heap / 8) / 4, largest);
        return new WholeBody(
                Math.toIntExact(largest), new ByteBudget(memory), new ByteBudget(work), refusals, services);
    }

    /**
     * Answers new calls 503 and waits until the running ones have ended, or the deadline has cut them. The endpoints can be
     * taken away then, while the server still runs; CXF complains when they go after it.
     */
    public void drain() {
        try {
            graceful.shutdown().get(config.requestDeadline().toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("calls were still running after their deadline");
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
