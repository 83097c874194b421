package org.crmgateway.web;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.EventListener;
import org.crmgateway.failure.OperatorError;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A Jetty server with one HTTP/1.1 connector, set strictly and without a word about itself. */
final class HttpServer {
    /** Threads beside those that work on calls: one accepts, two select, one for what is scheduled. */
    private static final int JETTY_THREADS = 4;

    private static final int HEAD_BYTES = 8 * 1024;

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
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
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads() + JETTY_THREADS, JETTY_THREADS);
        threads.setName(key);
        Server server = new Server(threads);
        server.setErrorHandler((request, response, callback) -> Answer.cut(response.getStatus(), response, callback));
        // Longer than any request may take, so that stopping cuts none.
        server.setStopTimeout(limits.deadline().plusSeconds(1).toMillis());
        ServerConnector connector = new ServerConnector(server, 1, 2, new HttpConnectionFactory(http()));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.addBean(new HeadDeadline(connector, limits.deadline()));
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException e) {
            throw new OperatorError(
                    "Port " + port + " of " + host + " cannot be opened: " + reason(e) + " Set " + key
                            + " (0 takes a free port), or " + key.replace("port", "host") + ".",
                    e);
        }
        return new HttpServer(server, connector);
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

    int port() {
        return connector.getLocalPort();
    }

    /** Before {@link #start}: somebody who is told of connections, and may close them. */
    void watch(EventListener listener) {
        connector.addBean(listener);
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
            connector.close();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server cannot be stopped", e);
        }
    }
}
