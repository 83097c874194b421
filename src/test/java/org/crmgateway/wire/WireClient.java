package org.crmgateway.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.w3c.dom.Document;

/** Sends bytes to one endpoint and hands back the bytes of the answer. */
public record WireClient(URI services, HttpClient http) {

    public WireClient(URI services) {
        this(services, HttpClient.newHttpClient());
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, byte[] body) {
        public Document envelope() {
            return SoapEnvelope.parse(body);
        }
    }

    /**
     * Posts one message.
     *
     * @param path of the endpoint below the services, e.g. {@code order/v1/modern}
     */
    public Answer post(String path, SoapEnvelope version, String action, byte[] message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(services + "/" + path + version.suffix()))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message));
        if (version == SoapEnvelope.SOAP_11) {
            request.header("Content-Type", version.contentType()).header("SOAPAction", "\"" + action + "\"");
        } else {
            request.header("Content-Type", version.contentType() + "; action=\"" + action + "\"");
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
