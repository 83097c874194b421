package org.crmgateway.web;

import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.crmgateway.limit.Source;
import org.crmgateway.limit.Sources;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/**
 * The open connections. One source has so many; and when all are taken, the oldest of a stranger makes room for the next: who
 * fills the port with silent connections closes his own, and nobody else waits. Jetty's own limit would stop accepting
 * instead. Thread-safe.
 */
final class Connections implements SelectorManager.AcceptListener, Connection.Listener {
    /** Closed, but not yet gone: the threads that close them are busy. */
    private static final int CLOSING = 64;

    private final int most;
    private final Sources sources;
    private final ClientAddresses clients;
    private final Telemetry telemetry;
    private final Executor executor;
    private final Map<SelectableChannel, Open> open = new HashMap<>();
    /** Oldest first. */
    private final Set<Open> strangers = new LinkedHashSet<>();

    private static final class Open {
        private final SelectableChannel channel;
        private final @Nullable Source source;
        private @Nullable EndPoint endPoint;
        private boolean verified;

        Open(SelectableChannel channel, @Nullable Source source) {
            this.channel = channel;
            this.source = source;
        }
    }

    /** @param executor closes what has to make room */
    Connections(int most, Sources sources, ClientAddresses clients, Telemetry telemetry, Executor executor) {
        this.most = most;
        this.sources = sources;
        this.clients = clients;
        this.telemetry = telemetry;
        this.executor = executor;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        InetAddress peer = ((SocketChannel) channel).socket().getInetAddress();
        // A proxy's connections are those of many.
        Source source = peer == null || clients.proxy(peer) ? null : Source.of(peer);
        String refused = source == null ? "" : refused(source);
        if (refused.isEmpty() && !add(channel, source)) {
            if (source != null) {
                sources.disconnect(source);
            }
            refused = "http.conn.total";
        }
        if (!refused.isEmpty()) {
            telemetry.refused(refused);
            IO.close(channel);
        }
    }

    private String refused(Source source) {
        return switch (sources.connect(source)) {
            case OPEN -> "";
            case MANY -> "http.conn.many";
            case FAST -> "http.conn.fast";
        };
    }

    private synchronized boolean add(SelectableChannel channel, @Nullable Source source) {
        if (open.size() >= most && (open.size() >= most + CLOSING || !shed())) {
            return false;
        }
        Open added = new Open(channel, source);
        open.put(channel, added);
        if (source != null && !sources.known(source)) {
            strangers.add(added);
        }
        return true;
    }

    private boolean shed() {
        Iterator<Open> oldest = strangers.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        Open victim = oldest.next();
        oldest.remove();
        telemetry.refused("http.conn.shed");
        EndPoint endPoint = victim.endPoint;
        executor.execute(() -> {
            if (endPoint == null) {
                IO.close(victim.channel);
            } else {
                endPoint.close();
            }
        });
        return true;
    }

    @Override
    public synchronized void onOpened(Connection connection) {
        Open opened = find(connection.getEndPoint());
        if (opened != null && opened.endPoint == null) {
            opened.endPoint = connection.getEndPoint();
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        Open closed;
        synchronized (this) {
            closed = open.remove(channel);
            if (closed != null) {
                strangers.remove(closed);
            }
        }
        if (closed != null && closed.source != null) {
            sources.disconnect(closed.source);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        // Counted by its channel: with TLS there are two connections on one.
    }

    /** A partner's call came over it. */
    synchronized void verified(EndPoint endPoint) {
        Open found = find(endPoint);
        if (found != null) {
            found.verified = true;
            strangers.remove(found);
        }
    }

    synchronized void refused(EndPoint endPoint) {
        Open found = find(endPoint);
        if (found != null) {
            found.verified = false;
        }
    }

    /** Whether the last thing judged that came over it was a partner's call. */
    synchronized boolean carriesCalls(EndPoint endPoint) {
        Open found = find(endPoint);
        return found != null && found.verified;
    }

    synchronized int ofStrangers() {
        return strangers.size();
    }

    synchronized int ofKnown() {
        return open.size() - strangers.size();
    }

    private @Nullable Open find(EndPoint endPoint) {
        Object transport = endPoint.getTransport();
        while (transport instanceof EndPoint inner) {
            transport = inner.getTransport();
        }
        return transport instanceof SelectableChannel channel ? open.get(channel) : null;
    }
}
