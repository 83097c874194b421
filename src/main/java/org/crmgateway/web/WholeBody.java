package org.crmgateway.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.crmgateway.call.Passage;
import org.crmgateway.call.TlsPeer;
import org.crmgateway.call.WireBytes;
import org.crmgateway.limit.Turnstile;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Hands a request on once its body is here, whole: a slow sender holds a few bytes, not a thread. One message is bounded,
 * and so are all bodies together. Jetty's own handlers for this keep a network buffer for each piece, however small, and
 * let a message cut at the limit through to the service.
 */
final class WholeBody extends Handler.Wrapper {
    private static final long RETRY_AFTER_SECONDS = 2;
    /** How long a stranger's message waits to be read. */
    private static final Duration UNREAD = Duration.ofSeconds(5);

    /** As many such messages as there are threads may always be worked on. */
    private static final int SMALL = 64 * 1024;

    private final int messageSize;
    private final Room known;
    private final Room strangers;
    private final Refusals refusals;

    /**
     * What bodies take.
     *
     * @param memory for all bodies together
     * @param work bytes of large messages worked on at once: each becomes a tree of many times its size
     */
    record Room(ByteBudget memory, ByteBudget work) {}

    /**
     * @param messageSize in bytes
     * @param known for messages from where calls have come before
     * @param strangers for all others, a part of it
     */
    WholeBody(int messageSize, Room known, Room strangers, Refusals refusals, Handler next) {
        super(next);
        this.messageSize = messageSize;
        this.known = known;
        this.strangers = strangers;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getLength() > messageSize) {
            return tooLarge(request, response, callback);
        }
        new Reading(request, response, callback).begin();
        return true;
    }

    private boolean tooLarge(Request request, Response response, Callback callback) {
        refusals.note("http.size", request, response);
        return Answer.cut(413, response, callback);
    }

    /** Reads what is there, and asks to be run again when there is more. */
    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Visit visit;
        private final Room room;
        private final Executor executor;
        private final Scheduler scheduler;
        /** What it will be at most, as announced. */
        private final int most;

        private byte[] body = new byte[0];
        private int size;
        private boolean whole;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.most = request.getLength() < 0 ? messageSize : (int) request.getLength();
            this.visit = (Visit) request.getAttribute(Visit.ATTRIBUTE);
            this.room = visit.known() ? known : strangers;
            this.executor = request.getComponents().getExecutor();
            this.scheduler = request.getComponents().getScheduler();
            Request.addCompletionListener(request, failure -> room.memory().giveBack(body.length));
        }

        void begin() {
            if (visit.mayBeRead(() -> executor.execute(this::called))) {
                run();
            } else {
                notLongerThan(UNREAD, () -> {
                    if (visit.givesUp()) {
                        comeLater();
                    }
                });
            }
        }

        private void called() {
            if (!paused()) {
                run();
            }
        }

        /** Others of its source may have been refused while it waited. */
        private boolean paused() {
            Duration pause = visit.pause();
            return !pause.isZero() && refusals.paused(pause, request, response, callback);
        }

        private void notLongerThan(Duration time, Runnable then) {
            Scheduler.Task enough = scheduler.schedule(then, time.toMillis(), TimeUnit.MILLISECONDS);
            // It may be answered by now, and its request gone.
            visit.atEnd(enough::cancel);
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
                    boolean late = chunk.getFailure() instanceof TimeoutException;
                    refusals.note(late ? "http.late" : "http.body", request, response);
                    Answer.cut(late ? 408 : 400, response, callback);
                    return;
                }
                boolean taken = take(chunk);
                chunk.release();
                if (!taken) {
                    return;
                }
                if (chunk.isLast()) {
                    whole = true;
                    serve();
                    return;
                }
            }
        }

        private boolean take(Content.Chunk chunk) {
            int length = chunk.remaining();
            if (length > messageSize - size) {
                return !tooLarge(request, response, callback);
            }
            if (size + length > body.length && !resize(Math.max(size + length, Math.min(2 * body.length, most)))) {
                return false;
            }
            chunk.getByteBuffer().get(body, size, length);
            size += length;
            return true;
        }

        /** While it copies there are two, so both count. */
        private boolean resize(int length) {
            if (!room.memory().take(length)) {
                comeLater();
                return false;
            }
            int before = body.length;
            body = Arrays.copyOf(body, length);
            room.memory().giveBack(before);
            return true;
        }

        private void comeLater() {
            refusals.note("http.overload", request, response);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
            if (whole) {
                // To connect anew would cost both sides more than the refusal.
                Answer.status(503, response, callback);
            } else {
                Answer.cut(503, response, callback);
            }
        }

        private void serve() {
            if (size < body.length && !resize(size)) {
                return;
            }
            if (Farewell.late(request)) {
                comeLater();
                return;
            }
            Turnstile.Turn turn =
                    visit.enter(mine -> executor.execute(() -> work(mine)), () -> executor.execute(this::comeLater));
            if (turn.atOnce()) {
                work(turn);
            } else if (turn.turnedAway()) {
                comeLater();
            } else {
                notLongerThan(turn.longest(), turn::giveUp);
            }
        }

        private void work(Turnstile.Turn turn) {
            if (paused()) {
                return;
            }
            if (size > SMALL) {
                if (!room.work().take(size)) {
                    comeLater();
                    return;
                }
                Request.addCompletionListener(request, failure -> room.work().giveBack(size));
            }
            try {
                if (!WholeBody.super.handle(new Whole(request, body, visit.passage(turn, size)), response, callback)) {
                    Answer.status(404, response, callback);
                }
            } catch (Throwable e) {
                // An error of the machine that ended the chain, which answers every exception itself; a worker must go
                // on.
                refusals.failed(e, request, response, callback);
            }
        }
    }

    /** The request, its body in memory. */
    private static final class Whole extends Request.Wrapper {
        private final Content.Source content;

        Whole(Request request, byte[] body, Passage passage) {
            super(request);
            setAttribute(Passage.ATTRIBUTE, passage);
            setAttribute(WireBytes.ATTRIBUTE, body);
            if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData tls) {
                setAttribute(TlsPeer.ATTRIBUTE, TlsPeer.of(tls.peerCertificates()));
            }
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
