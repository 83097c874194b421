package org.crmgateway.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.CallId;
import org.crmgateway.limit.Alarms;
import org.crmgateway.limit.Anteroom;
import org.crmgateway.limit.Source;
import org.crmgateway.limit.Sources;
import org.crmgateway.limit.Turnstile;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.server.Request;

/**
 * Everyone who sends messages, before it is known who they are.
 *
 * @param alarms told when a source is refused for a while
 */
record Visitors(
        ClientAddresses clients,
        Sources sources,
        Anteroom anteroom,
        Turnstile turnstile,
        Connections connections,
        Telemetry telemetry,
        RefusalTrail trail,
        Alarms alarms) {

    Visit of(Request request) {
        Optional<InetAddress> address = clients.of(request);
        boolean direct = address.equals(ClientAddresses.peer(request));
        return new Visit(
                this,
                request,
                address.map(Source::of).orElse(new Source("-")),
                address.map(InetAddress::getHostAddress).orElse("-"),
                direct);
    }

    void refused(Source source, int size, String address, CallId id) {
        Duration pause = sources.refused(source, size);
        if (!pause.isZero()) {
            telemetry.refused("http.probing");
            trail.note(id, null, "http.probing", address);
            alarms.raise(
                    source,
                    "oracle probing? A source sends more refused messages than it may, and is refused unread for "
                            + pause.toSeconds() + " s; its address is in the audit trail: call=" + id.value());
        }
    }
}
