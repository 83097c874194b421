package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    /** Toolkits write envelopes in many ways; the signature covers each as it was written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Envelope xmlns='%1$s'><Header/><Body>%2$s</Body></Envelope>",
                "<S:Envelope xmlns:S='%1$s' xmlns:xsd='urn:a' xmlns:order='urn:other'>\n  <S:Header>\n  </S:Header>\n"
                        + "  <S:Body xmlns:x='urn:b' x:note='1'>\n    %2$s\n  </S:Body>\n</S:Envelope>",
                "<soapenv:Envelope xmlns:soapenv='%1$s'><soapenv:Header xmlns='urn:c'/><soapenv:Body><!-- a -->%2$s<!-- b -->"
                        + "</soapenv:Body></soapenv:Envelope>"
            })
    void anEnvelopeIsReadHoweverItIsWritten(String template) throws Exception {
        String payload = Examples.request("createOrder")
                .replaceFirst("<\\?xml[^>]*>", "")
                .replace(
                        "Gear housing", "<![CDATA[Gear <housing>]]> \u00e4 \u9f7f &amp;#x1F600;".replace("&amp;", "&"));
        String envelope = template.formatted("http://schemas.xmlsoap.org/soap/envelope/", payload);
        WireSecurity security = gateway.security(Dialect.MODERN);
        Answer answer = gateway.client()
                .post(
                        "order/v1/modern",
                        SoapEnvelope.SOAP_11,
                        "urn:crmgateway:order:v1:createOrder",
                        SoapEnvelope.bytes(security.protect(SoapEnvelope.parse(envelope))));
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }

    @Test
    void anOrderOfAThousandLinesPassesEveryLimit() throws Exception {
        String example = Examples.request("createOrder");
        Matcher line = Pattern.compile("(?s) *<order:line>.*?</order:line>\\n").matcher(example);
        assertThat(line.find()).isTrue();
        String request = example.substring(0, line.start())
                + line.group().repeat(1_000)
                + example.substring(example.indexOf("    </order:lines>"));
        WireSecurity security = gateway.security(Dialect.COMPATIBLE);
        Answer answer = gateway.client()
                .post(
                        "order/v1/compatible",
                        SoapEnvelope.SOAP_11,
                        "urn:crmgateway:order:v1:createOrder",
                        SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(request))));
        assertThat(answer.status()).isEqualTo(200);
    }
}
