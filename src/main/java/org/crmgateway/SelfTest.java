package org.crmgateway;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.crmgateway.failure.OperatorError;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's first calls, to itself: an unsigned message to every endpoint that must not accept one. They warm the way of a
 * message up, and prove that it is guarded; a gateway that lets one through does not start.
 */
final class SelfTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String UNSIGNED =
            "<e:Envelope xmlns:e=\"%s\"><e:Body><o:getOrder xmlns:o=\"urn:crmgateway:order:v1\"/></e:Body></e:Envelope>";

    private final URI base;
    private final @Nullable SSLContext tls;
    private final Map<String, String> headers;

    /**
     * @param base where the services are on this machine
     * @param tls with what to connect, where that is with TLS
     * @param headers by which the gateway knows these calls
     */
    SelfTest(URI base, @Nullable SSLContext tls, Map<String, String> headers) {
        this.base = base;
        this.tls = tls;
        this.headers = headers;
    }

    /**
     * Calls each endpoint until it is not too busy to answer.
     *
     * @param paths of the endpoints that demand security
     * @throws OperatorError when one answers anything but the security refusal
     */
    void run(Collection<String> paths) {
        for (String path : paths) {
            try {
                String answer = answer(path);
                if (!answer.contains(":InvalidSecurity<")) {
                    throw new OperatorError("The endpoint " + path
                            + " does not refuse an unsigned message. This build must not be used; please report it.");
                }
            } catch (IOException e) {
                throw new OperatorError(
                        "The endpoint " + base.resolve(path) + " cannot be reached from this machine, or is too busy.",
                        e);
            }
        }
    }

    /** Callers may be waiting already for a gateway that was started again: who is told to come later comes later. */
    private String answer(String path) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpURLConnection connection = post(path);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_UNAVAILABLE) {
                return body(connection, status);
            }
            if (System.nanoTime() > end) {
                throw new IOException("it answers 503");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private HttpURLConnection post(String path) throws IOException {
        boolean soap12 = path.endsWith("-soap12");
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secure && tls != null) {
            secure.setSSLSocketFactory(tls.getSocketFactory());
            // The certificate itself is known; what name it is for does not matter here.
            secure.setHostnameVerifier((host, session) -> true);
        }
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setDoOutput(true);
        headers.forEach(connection::setRequestProperty);
        connection.setRequestProperty(
                "Content-Type", (soap12 ? "application/soap+xml" : "text/xml") + "; charset=utf-8");
        String namespace =
                soap12 ? "http://www.w3.org/2003/05/soap-envelope" : "http://schemas.xmlsoap.org/soap/envelope/";
        try (var out = connection.getOutputStream()) {
            out.write(UNSIGNED.formatted(namespace).getBytes(StandardCharsets.UTF_8));
        }
        return connection;
    }

    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
