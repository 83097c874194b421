package org.crmgateway.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts a request that is not answered in time, whoever is slow: a sender that drips its body, or a reader that does not
 * take the answer. Jetty's idle time-out never ends for someone who sends a byte now and then.
 */
final class Deadline extends Handler.Wrapper {
    private final Duration limit;

    Deadline(Duration limit, Handler next) {
        super(next);
        this.limit = limit;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        Scheduler.Task cut = request.getComponents()
                .getScheduler()
                .schedule(connection::close, limit.toMillis(), TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> cut.cancel());
        return super.handle(request, response, callback);
    }
}
