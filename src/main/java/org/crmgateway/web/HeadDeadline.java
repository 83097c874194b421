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
 * {@link Deadline}: those that received bytes but no further head during a whole period.
 */
final class HeadDeadline extends AbstractLifeCycle implements Connection.Listener {
    private final ServerConnector connector;
    private final Duration period;
    private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
    private volatile Scheduler.Task next = () -> false;

    private record Progress(long bytes, long heads) {
        static final Progress NONE = new Progress(0, 0);

        static Progress of(Connection connection) {
            // A TLS connection counts bytes; the heads are counted by what it carries.
            long heads = connection instanceof SslConnection tls
                    ? tls.getSslEndPoint().getConnection().getMessagesIn()
                    : connection.getMessagesIn();
            return new Progress(connection.getBytesIn(), heads);
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
            Progress now = Progress.of(connection);
            if (before.bytes() > 0 && now.bytes() > before.bytes() && now.heads() == before.heads()) {
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
