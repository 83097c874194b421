package org.crmgateway.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.crmgateway.call.TlsPeer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Where a partner asks why a message it signed was refused: {@code GET /explain/<call id>}, over TLS with its client
 * certificate. Whoever may not know, and whatever is not known, gets the same 404. One question at a time: the answer is work.
 */
final class ExplainDoor extends Handler.Wrapper {
    private static final String PATH = "/explain/";

    private final BiFunction<TlsPeer, String, Optional<List<String>>> explain;
    private final Refusals refusals;
    private final Semaphore working = new Semaphore(1);

    /** @param explain what the peer with a certificate may know of a call */
    ExplainDoor(
            BiFunction<TlsPeer, String, Optional<List<String>>> explain, Refusals refusals, Handler everythingElse) {
        super(everythingElse);
        this.explain = explain;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = String.valueOf(request.getHttpURI().getPath());
        if (!path.startsWith(PATH) || !request.getMethod().equals("GET")) {
            return super.handle(request, response, callback);
        }
        Optional<TlsPeer> peer = peer(request);
        if (peer.isEmpty()) {
            return unknown(request, response, callback);
        }
        if (!working.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            return Answer.status(503, response, callback);
        }
        try {
            Optional<List<String>> known = explain.apply(peer.get(), path.substring(PATH.length()));
            return known.isEmpty()
                    ? unknown(request, response, callback)
                    : Answer.text(200, String.join("\n", known.get()) + "\n", response, callback);
        } finally {
            working.release();
        }
    }

    private boolean unknown(Request request, Response response, Callback callback) {
        refusals.note("http.path", request, response);
        return Answer.status(404, response, callback);
    }

    private static Optional<TlsPeer> peer(Request request) {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData tls
                ? Optional.of(TlsPeer.of(tls.peerCertificates())).filter(peer -> peer.certificate() != null)
                : Optional.empty();
    }
}
