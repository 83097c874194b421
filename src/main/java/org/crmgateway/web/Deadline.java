package org.crmgateway.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts a request that is not answered in time, whoever is slow: a sender that drips its body, or a reader that does not
 * take the answer. Jetty's idle time-out never ends for someone who sends a byte now and then, so it is made to end: whoever
 * still reads the body is told, and can answer, before the connection is closed.
 */
final class Deadline extends Handler.Wrapper {
    private static final long GRACE_MILLIS = 500;

    private final Duration limit;

    Deadline(Duration limit, Handler next) {
        super(next);
        this.limit = limit;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        Scheduler scheduler = request.getComponents().getScheduler();
        long millis = limit.toMillis();
        Scheduler.Task tell = scheduler.schedule(
                () -> connection.onIdleExpired(new TimeoutException("deadline")), millis, TimeUnit.MILLISECONDS);
        Scheduler.Task cut =
                scheduler.schedule(connection.getEndPoint()::close, millis + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> {
            tell.cancel();
            cut.cancel();
        });
        return super.handle(request, response, callback);
    }
}
