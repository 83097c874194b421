package org.crmgateway.web;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.CallId;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** Connections that never were: another protocol, weak suites, an unknown client certificate, or no TLS at all. */
final class FailedHandshakes implements SslHandshakeListener {
    private static final String REASON = "tls.handshake";

    private final Telemetry telemetry;
    private final RefusalTrail trail;
    private final RandomGenerator random = new SecureRandom();

    FailedHandshakes(Telemetry telemetry, RefusalTrail trail) {
        this.telemetry = telemetry;
        this.trail = trail;
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        telemetry.refused(REASON);
        String source = event.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress()
                : "-";
        trail.note(CallId.random(random), null, REASON, source);
    }
}
