package org.crmgateway.fault;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Intent;
import org.crmgateway.fault.Ledger.Outcome;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** An ERP's side of one call: signs, sends once, and says what it knows afterwards. Thread-safe. */
final class Erp {
    private final WireSecurity security;
    private final Duration patience;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** @param patience how long it waits for an answer */
    Erp(WireSecurity security, Duration patience) {
        this.security = security;
        this.patience = patience;
    }

    /** A message of its own: signed now. */
    byte[] signed(Intent intent) {
        return SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(intent.payload())));
    }

    /** A message of its own, sent once. */
    Attempt send(Intent intent, InetSocketAddress gateway) {
        return send(intent, signed(intent), gateway);
    }

    Attempt send(Intent intent, byte[] message, InetSocketAddress gateway) {
        long begun = System.nanoTime();
        try {
            HttpRequest request = request(intent, message, gateway);
            return judged(http.send(request, HttpResponse.BodyHandlers.ofByteArray()), begun);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return attempt(Outcome.REFUSED, "unreached", begun);
        } catch (IOException e) {
            return attempt(Outcome.UNKNOWN, e.getClass().getSimpleName(), begun);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest request(Intent intent, byte[] message, InetSocketAddress gateway) {
        String area = intent.action().split(":")[2];
        return HttpRequest.newBuilder(
                        URI.create("http://" + gateway.getAddress().getHostAddress() + ":" + gateway.getPort()
                                + "/services/" + area + "/v1/modern"))
                .timeout(patience)
                .header("Content-Type", SoapEnvelope.SOAP_11.contentType())
                .header("SOAPAction", "\"" + intent.action() + "\"")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                .build();
    }

    private Attempt judged(HttpResponse<byte[]> answer, long begun) {
        if (answer.statusCode() == 200) {
            Element response = opened(answer.body());
            Element header = SoapEnvelope.child(response, "responseHeader");
            boolean replayed = header != null && SoapEnvelope.child(header, "replayed") != null;
            Element receipt = SoapEnvelope.child(response, "receipt");
            String said = receipt == null ? SoapEnvelope.text(response) : SoapEnvelope.text(receipt);
            return new Attempt(Outcome.ANSWERED, said, replayed, begun, System.nanoTime());
        }
        if (answer.statusCode() != 500 || answer.body().length == 0) {
            boolean refused = answer.statusCode() >= 400 && answer.statusCode() != 500;
            return attempt(refused ? Outcome.REFUSED : Outcome.UNKNOWN, "http " + answer.statusCode(), begun);
        }
        Element detail = SoapEnvelope.faultDetail(SoapEnvelope.parse(answer.body()));
        if (detail == null) {
            String constant = SoapEnvelope.text(SoapEnvelope.parse(answer.body()));
            return attempt(Outcome.REFUSED, constant.contains("InvalidSecurity") ? "security" : "constant", begun);
        }
        String category = SoapEnvelope.child(detail, "category").getTextContent();
        String code = SoapEnvelope.child(detail, "code").getTextContent();
        return attempt(category.equals("INTERNAL") ? Outcome.UNKNOWN : Outcome.REFUSED, code, begun);
    }

    /** What an answer says, decrypted and verified. */
    private Element opened(byte[] answer) {
        Document envelope = SoapEnvelope.parse(answer);
        security.open(envelope);
        return SoapEnvelope.payload(envelope);
    }

    private static Attempt attempt(Outcome outcome, String detail, long begun) {
        return new Attempt(outcome, detail, false, begun, System.nanoTime());
    }
}
