package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.wss4j.dom.WSConstants;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which a toolkit may name the gateway's certificate in the encrypted key. */
final class KeyReferenceTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    static Stream<Arguments> references() {
        return Stream.of(
                Arguments.of("issuer and serial", WSConstants.ISSUER_SERIAL),
                Arguments.of("subject key identifier", WSConstants.SKI_KEY_IDENTIFIER),
                Arguments.of("thumbprint", WSConstants.THUMBPRINT_IDENTIFIER),
                Arguments.of("the certificate itself", WSConstants.X509_KEY_IDENTIFIER),
                Arguments.of("a token", WSConstants.BST_DIRECT_REFERENCE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("references")
    void everyUsualReferenceFindsTheKey(String name, int reference) throws Exception {
        WireSecurity security = gateway.security(Dialect.COMPATIBLE).referring(reference);
        byte[] message =
                SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(Examples.request("createOrder"))));
        Answer answer = gateway.client()
                .post("order/v1/compatible", SoapEnvelope.SOAP_11, "urn:crmgateway:order:v1:createOrder", message);
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }
}
