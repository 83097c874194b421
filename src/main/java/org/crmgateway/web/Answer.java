package org.crmgateway.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Whole answers of the ports themselves. What is refused has an empty body: nothing to read, nothing to learn. */
final class Answer {
    private Answer() {}

    /** @return true, as Jetty's handlers say that they answered */
    static boolean status(int status, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        response.write(true, null, callback);
        return true;
    }

    /** Refuses, and ends the connection: what the sender goes on sending is no request. */
    static boolean cut(int status, Response response, Callback callback) {
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        return status(status, response, callback);
    }

    static boolean allowing(String methods, Response response, Callback callback) {
        response.getHeaders().put(new HttpField(HttpHeader.ALLOW, methods));
        return status(405, response, callback);
    }

    static boolean text(int status, String text, Response response, Callback callback) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), response, callback);
    }

    static boolean bytes(int status, String contentType, byte[] body, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        // Our pages have styles of their own, and nothing else.
        response.getHeaders()
                .put(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'");
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
