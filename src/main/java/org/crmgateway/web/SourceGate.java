package org.crmgateway.web;

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses, before a byte of the message is read, whoever has been refused too often of late. */
final class SourceGate extends Handler.Wrapper {
    private final Visitors visitors;
    private final Refusals refusals;

    SourceGate(Visitors visitors, Refusals refusals, Handler next) {
        super(next);
        this.visitors = visitors;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Visit visit = visitors.of(request);
        Duration pause = visit.pause();
        if (!pause.isZero()) {
            return refusals.paused(pause, request, response, callback);
        }
        request.setAttribute(Visit.ATTRIBUTE, visit);
        return super.handle(request, response, callback);
    }
}
