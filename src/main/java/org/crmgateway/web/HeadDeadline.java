package org.crmgateway.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections that drip a TLS handshake or the head of a request, which is not a request yet and so has no
 * {@link Deadline}: those that received bytes but no further head in two periods, one after the other.
 */
final class HeadDeadline extends AbstractLifeCycle implements Connection.Listener {
    private final ServerConnector connector;
    private final Duration period;
    private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
    private volatile Scheduler.Task next = () -> false;

    /** @param dripping whether there were bytes and no head; a request that has just begun looks the same */
    private record Progress(long bytes, long heads, boolean dripping) {
        static final Progress NONE = new Progress(0, 0, false);

        Progress next(Connection connection) {
            // A TLS connection counts bytes; the heads are counted by what it carries.
            long heads = connection instanceof SslConnection tls
                    ? tls.getSslEndPoint().getConnection().getMessagesIn()
                    : connection.getMessagesIn();
            long now = connection.getBytesIn();
            return new Progress(now, heads, now > bytes && heads == this.heads);
        }
    }

    HeadDeadline(ServerConnector connector, Duration period) {
        this.connector = connector;
        this.period = period;
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, Progress.NONE);
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    private void schedule() {
        next = connector.getScheduler().schedule(this::look, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        connections.forEach((connection, before) -> {
            Progress now = before.next(connection);
            if (before.dripping() && now.dripping()) {
                // Not the connection itself: it would answer 500.
                connection.getEndPoint().close();
            } else {
                connections.replace(connection, before, now);
            }
        });
        if (isRunning()) {
            schedule();
        }
    }
}
