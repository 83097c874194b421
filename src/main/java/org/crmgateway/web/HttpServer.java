package org.crmgateway.web;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.crmgateway.failure.OperatorError;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jetty server with one HTTP/1.1 connector, set strictly and without a word about itself. */
final class HttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** Threads beside those that work on calls: for each listener one accepts and two select, and one for what is scheduled. */
    private static final int LISTENER_THREADS = 3;

    /** What the system holds until it is accepted. Where that is full it drops the next, who tries again after a second. */
    private static final int ACCEPT_QUEUE = 4_096;

    /**
     * What the system takes of an answer before its reader does, and of a message before we do; left to itself it takes
     * megabytes for whoever reads nothing, or is not read.
     */
    private static final int SYSTEM_BUFFER = 64 * 1024;

    /** How long a stopping server waits for what it still does. */
    private static final Duration STOP = Duration.ofSeconds(3);

    /** How long it leaves a connection on which nothing happens. */
    private static final Duration LAST_IDLE = Duration.ofMillis(100);

    private static final int HEAD_BYTES = 8 * 1024;

    private final Server server;
    private final Limits limits;
    private final List<ServerConnector> connectors = new ArrayList<>();

    private HttpServer(Server server, Limits limits) {
        this.server = server;
        this.limits = limits;
    }

    /**
     * What a server bears.
     *
     * @param idle how long a connection may be silent
     * @param deadline how long a request may take
     */
    record Limits(int threads, Duration idle, Duration deadline) {}

    /**
     * Takes the port; whoever connects waits until {@link #start}.
     *
     * @param key the setting of the port, for the message
     * @throws OperatorError when the port cannot be had
     */
    static HttpServer bind(String key, String host, int port, Limits limits) {
        Server server = server(key, limits);
        HttpServer http = new HttpServer(server, limits);
        http.listen(key, host, port, new ServerConnector(server, 1, 2, new HttpConnectionFactory(http())));
        return http;
    }

    /** The same, with TLS; {@code beside} a plain port of the same server when there is one. */
    static HttpServer bindTls(@Nullable HttpServer beside, String host, int port, Limits limits, Tls tls) {
        if (beside != null && beside.server.getThreadPool() instanceof QueuedThreadPool threads) {
            threads.setMaxThreads(threads.getMaxThreads() + LISTENER_THREADS);
        }
        HttpServer server = beside != null ? beside : new HttpServer(server("web.tls.port", limits), limits);
        HttpConfiguration http = http();
        ConnectionFactory[] factories = {tls.connections(http), new HttpConnectionFactory(http)};
        server.listen("web.tls.port", host, port, new ServerConnector(server.server, 1, 2, factories));
        return server;
    }

    private void listen(String key, String host, int port, ServerConnector connector) {
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setAcceptedSendBufferSize(SYSTEM_BUFFER);
        connector.setAcceptedReceiveBufferSize(SYSTEM_BUFFER);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setShutdownIdleTimeout(LAST_IDLE.toMillis());
        connector.addBean(new HeadDeadline(connector, limits.deadline()));
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException e) {
            throw new OperatorError(
                    "Port " + port + " of " + host + " cannot be opened: " + reason(e) + " Set " + key
                            + " (0 takes a free port), or "
                            + key.replace(".tls", "").replace("port", "host") + ".",
                    e);
        }
        connectors.add(connector);
    }

    private static Server server(String name, Limits limits) {
        int ofJetty = LISTENER_THREADS + 1;
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads() + ofJetty, ofJetty);
        threads.setName(name);
        Server server = new Server(threads);
        server.setErrorHandler((request, response, callback) -> Answer.cut(response.getStatus(), response, callback));
        // Who has calls that must end has waited for them before, as long as they may take.
        server.setStopTimeout(STOP.toMillis());
        return server;
    }

    private static String reason(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                return "another process listens there.";
            }
        }
        return "the system refuses it (is the address of this machine, the port above 1023?).";
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEAD_BYTES);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setUriCompliance(UriCompliance.RFC3986);
        return http;
    }

    Server jetty() {
        return server;
    }

    /** Of the listener opened first. */
    int port() {
        return connectors.get(0).getLocalPort();
    }

    /** Of the listener opened last. */
    int lastPort() {
        return connectors.get(connectors.size() - 1).getLocalPort();
    }

    /** Tells a listener of every connection; before {@link #start}. */
    void add(SslHandshakeListener listener) {
        connectors.forEach(connector -> connector.addBean(listener));
    }

    /** Before {@link #start}: somebody who is told of connections, and may close them. */
    void watch(EventListener listener) {
        connectors.forEach(connector -> connector.addBean(listener));
    }

    void start(Handler handler) {
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server cannot be started", e);
        }
    }

    /** Lets running requests end; takes no new ones. */
    void stop() {
        try {
            server.stop();
            connectors.forEach(ServerConnector::close);
        } catch (TimeoutException e) {
            // It has stopped all the same.
            LOG.warn("connections were cut in the middle of a call");
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server cannot be stopped", e);
        }
    }
}
