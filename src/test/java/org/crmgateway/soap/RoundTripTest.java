package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

final class RoundTripTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({"MODERN,SOAP_11", "MODERN,SOAP_12", "COMPATIBLE,SOAP_11", "COMPATIBLE,SOAP_12"})
    void aSignedAndEncryptedOrderIsAnsweredSignedAndEncrypted(Dialect dialect, SoapEnvelope version) throws Exception {
        WireSecurity security = gateway.security(dialect);
        Document request = security.protect(version.around(Examples.request("createOrder")));
        Answer answer = gateway.client()
                .post(
                        "order/v1/" + dialect.label(),
                        version,
                        "urn:crmgateway:order:v1:createOrder",
                        SoapEnvelope.bytes(request));
        Document envelope = answer.envelope();
        security.open(envelope);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(SoapEnvelope.payload(envelope).getLocalName()).isEqualTo("createOrderResponse");
        assertThat(gateway.orders.calls()).isNotEmpty();
    }
}
