package org.crmgateway.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The end of a server, in steps that leave no caller not knowing: first each answer ends its connection (RFC 9112, section 9.6),
 * so that callers turn elsewhere; then new messages are refused, once they have been read, since a connection that is closed
 * upon bytes nobody read is reset, and the answer with it. Thread-safe.
 */
final class Farewell extends Handler.Wrapper {
    private static final String LATE = Farewell.class.getName() + ".late";

    private State state = State.SERVING;
    private int served;

    private enum State {
        SERVING,
        LEAVING,
        CLOSED
    }

    /** Whether a request has come after the end, and is to be read and refused. */
    static boolean late(Request request) {
        return request.getAttribute(LATE) != null;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        State now = begin();
        if (now != State.SERVING) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        if (now == State.CLOSED) {
            request.setAttribute(LATE, Boolean.TRUE);
        } else {
            Request.addCompletionListener(request, failure -> end());
        }
        return super.handle(request, response, callback);
    }

    private synchronized State begin() {
        if (state != State.CLOSED) {
            served++;
        }
        return state;
    }

    private synchronized void end() {
        served--;
        notifyAll();
    }

    /** From now on each answer ends its connection. */
    synchronized void leave() {
        state = State.LEAVING;
    }

    /**
     * From now on new messages are refused; waits for those before.
     *
     * @return false when some were still running at the end of that time
     */
    synchronized boolean close(Duration most) throws InterruptedException {
        state = State.CLOSED;
        long end = System.nanoTime() + most.toNanos();
        while (served > 0 && end > System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        }
        return served == 0;
    }
}
