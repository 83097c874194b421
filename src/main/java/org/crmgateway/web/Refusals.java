package org.crmgateway.web;

import java.net.InetAddress;
import java.util.random.RandomGenerator;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.CallId;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** What the port itself refuses: counted, noted in the trail, and findable by the id in its answer. */
final class Refusals {
    private final Telemetry telemetry;
    private final RefusalTrail trail;
    private final RandomGenerator random;
    private final ClientAddresses clients;

    Refusals(Telemetry telemetry, RefusalTrail trail, RandomGenerator random, ClientAddresses clients) {
        this.telemetry = telemetry;
        this.trail = trail;
        this.random = random;
        this.clients = clients;
    }

    /** @param reason a code of the program, e.g. {@code http.ctype} */
    void note(String reason, Request request, Response response) {
        CallId id = CallId.random(random);
        response.getHeaders().put(CallId.HEADER, id.value());
        telemetry.refused(reason);
        trail.note(
                id,
                null,
                reason,
                clients.of(request).map(InetAddress::getHostAddress).orElse("-"));
    }
}
