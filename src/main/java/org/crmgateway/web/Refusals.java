package org.crmgateway.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.CallId;
import org.crmgateway.telemetry.InternalLog;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the port itself refuses: counted, noted in the trail, and findable by the id in its answer. */
final class Refusals {
    private final Telemetry telemetry;
    private final RefusalTrail trail;
    private final RandomGenerator random;
    private final ClientAddresses clients;
    private final InternalLog internal = new InternalLog();

    Refusals(Telemetry telemetry, RefusalTrail trail, RandomGenerator random, ClientAddresses clients) {
        this.telemetry = telemetry;
        this.trail = trail;
        this.random = random;
        this.clients = clients;
    }

    /**
     * Answers a source that is refused for a while.
     *
     * @return true, as Jetty's handlers say that they answered
     */
    boolean paused(Duration pause, Request request, Response response, Callback callback) {
        note("http.paused", request, response);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, pause.plusMillis(999).toSeconds());
        return Answer.cut(503, response, callback);
    }

    /** What Jetty refuses by itself, mostly while it reads a head; whoever refused before has given the answer its id. */
    boolean error(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (!response.getHeaders().contains(CallId.HEADER)) {
            note(reason(status), request, response);
        }
        return Answer.cut(status, response, callback);
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "http.malformed";
            case 404 -> "http.path";
            case 408 -> "http.late";
            case 413 -> "http.size";
            case 414 -> "http.uri";
            case 417 -> "http.expect";
            case 426, 505 -> "http.version";
            case 431 -> "http.header";
            case 503 -> "http.stopping";
            default -> "http.error";
        };
    }

    /** What nobody expected: a bug, or a part of the program that is missing. */
    void failed(Throwable thrown, Request request, Response response, Callback callback) {
        internal.log(note("http.error", request, response), thrown);
        Answer.cut(500, response, callback);
    }

    /**
     * Counts a refusal, and gives its answer an id.
     *
     * @param reason a code of the program, e.g. {@code http.ctype}
     */
    CallId note(String reason, Request request, Response response) {
        CallId id = CallId.random(random);
        response.getHeaders().put(CallId.HEADER, id.value());
        telemetry.refused(reason);
        trail.note(
                id,
                null,
                reason,
                clients.of(request).map(InetAddress::getHostAddress).orElse("-"));
        return id;
    }
}
