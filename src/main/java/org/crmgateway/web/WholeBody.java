package org.crmgateway.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Hands a request on once its body is here, whole: a slow sender holds a few bytes, not a thread. One message is bounded,
 * and so are all bodies together. Jetty's own handlers for this keep a network buffer for each piece, however small, and
 * let a message cut at the limit through to the service.
 */
final class WholeBody extends Handler.Wrapper {
    private static final long RETRY_AFTER_SECONDS = 2;

    private final long messageSize;
    private final long memory;
    private final Telemetry telemetry;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param messageSize in bytes
     * @param memory bytes of all bodies together
     */
    WholeBody(long messageSize, long memory, Telemetry telemetry, Handler next) {
        super(next);
        this.messageSize = messageSize;
        this.memory = memory;
        this.telemetry = telemetry;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getLength() > messageSize) {
            return tooLarge(response, callback);
        }
        new Reading(request, response, callback).run();
        return true;
    }

    private boolean tooLarge(Response response, Callback callback) {
        telemetry.refused("http.size");
        return Answer.cut(413, response, callback);
    }

    /** Reads what is there, and asks to be run again when there is more. */
    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            Request.addCompletionListener(request, failure -> held.addAndGet(-body.size()));
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    telemetry.refused("http.body");
                    Answer.cut(400, response, callback);
                    return;
                }
                if (!take(chunk)) {
                    return;
                }
                if (chunk.isLast()) {
                    serve();
                    return;
                }
            }
        }

        private boolean take(Content.Chunk chunk) {
            int length = chunk.remaining();
            if (body.size() + length > messageSize) {
                chunk.release();
                tooLarge(response, callback);
                return false;
            }
            byte[] bytes = new byte[length];
            chunk.getByteBuffer().get(bytes);
            chunk.release();
            body.writeBytes(bytes);
            if (held.addAndGet(length) > memory) {
                telemetry.refused("http.overload");
                response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
                Answer.cut(503, response, callback);
                return false;
            }
            return true;
        }

        private void serve() {
            try {
                if (!WholeBody.super.handle(new Whole(request, body.toByteArray()), response, callback)) {
                    Answer.status(404, response, callback);
                }
            } catch (Exception e) {
                Response.writeError(request, response, callback, e);
            }
        }
    }

    /** The request, its body in memory. */
    private static final class Whole extends Request.Wrapper {
        private final Content.Source content;

        Whole(Request request, byte[] body) {
            super(request);
            this.content = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public Content.Chunk read() {
            return content.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            content.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            content.fail(failure);
        }
    }
}
