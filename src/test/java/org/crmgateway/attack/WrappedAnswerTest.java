package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.xml.ws.WebServiceException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.crmgateway.contract.Examples;
import org.crmgateway.contract.SoapVersion;
import org.crmgateway.contract.customer.CreateCustomerRequest;
import org.crmgateway.demo.DemoTarget;
import org.crmgateway.demo.ErpClient;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.RunningGateway;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The ERP's client does not believe an answer whose signed parts were moved and replaced, in hundreds of ways. */
final class WrappedAnswerTest {
    @TempDir
    private static Path folder;

    /** Hundreds of answers; a busy machine needs more than the usual limit for them. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Attack("A-S16")
    void noWrappedAnswerIsBelievedAndTheGenuineOneIs() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            WireSecurity security = gateway.security(Dialect.MODERN);
            Document answer = answer(gateway, security);
            Document signed = (Document) answer.cloneNode(true);
            security.open(signed);
            Surgery.remove(Surgery.find(signed, "EncryptedKey"));
            String id = Surgery.find(Surgery.find(signed, "receipt"), "id").getTextContent();
            String evil = SoapEnvelope.text(SoapEnvelope.payload(signed)).replace(id, "EVIL");
            DemoTarget target = gateway.target(Dialect.MODERN);
            Recipe reader = new Recipe(
                    target.partner(), security.certificate(), SoapEnvelope.SOAP_11, Dialect.MODERN, "<none/>");

            AtomicReference<byte[]> canned = new AtomicReference<>();
            HttpServer server = answering(canned);
            URI services = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services");
            try (ErpClient erp = ErpClient.open(
                    new DemoTarget(services, Dialect.MODERN, target.partner(), target.gateway()),
                    SoapVersion.SOAP_11)) {
                canned.set(SoapEnvelope.bytes(reader.encrypted((Document) signed.cloneNode(true))));
                assertThat(asked(erp)).isEqualTo(id);
                int wrapped = 0;
                for (boolean cipher : new boolean[] {false, true}) {
                    Document base = cipher ? answer : signed;
                    for (Wrapping wrapping : Stream.concat(Wrapping.of(base), Wrapping.doubled(base))
                            .toList()) {
                        Document message = wrapping.applied(base, "127.0.0.1:1", evil);
                        canned.set(SoapEnvelope.bytes(cipher ? message : reader.encrypted(message)));
                        assertThat(believed(erp)).as(wrapping.toString()).isIn("", id);
                        wrapped++;
                    }
                }
                assertThat(wrapped).isGreaterThan(400);
                canned.set(SoapEnvelope.bytes(answer));
                assertThat(asked(erp)).isEqualTo(id);
            } finally {
                server.stop(0);
            }
        }
    }

    private static Document answer(RunningGateway gateway, WireSecurity security) {
        byte[] message =
                SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(Examples.request("createCustomer"))));
        return gateway.client()
                .post("customer/v1/modern", SoapEnvelope.SOAP_11, "urn:crmgateway:customer:v1:createCustomer", message)
                .envelope();
    }

    private static HttpServer answering(AtomicReference<byte[]> canned) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = canned.get();
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Nothing, when the answer is refused; what was signed may be read where an unsigned copy of it changes nothing. */
    private static String believed(ErpClient erp) throws Exception {
        try {
            return asked(erp);
        } catch (WebServiceException e) {
            return "";
        }
    }

    private static String asked(ErpClient erp) throws Exception {
        return erp.customers()
                .createCustomer(new CreateCustomerRequest())
                .getReceipt()
                .getId();
    }
}
