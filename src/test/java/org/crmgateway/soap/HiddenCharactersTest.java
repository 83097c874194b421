package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import javax.crypto.KeyGenerator;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.xml.security.encryption.Serializer;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What the scan of a message's bytes cannot see, since it is encrypted: here as UTF-16, whose parser lets every character pass. */
final class HiddenCharactersTest {
    @ParameterizedTest
    @ValueSource(strings = {"\uFFFE", "\uFFFF"})
    void aCharacterThatNoAnswerCouldCarryIsRefused(String character) throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            Answer answer = send(gateway, "Gear" + character);

            Document fault = answer.envelope();
            gateway.security(Dialect.MODERN).open(fault);
            assertThat(SoapEnvelope.text(SoapEnvelope.faultDetail(fault)))
                    .contains("SCHEMA_VIOLATION", "order/lines/line[1]/description", "character");
            assertThat(gateway.orders.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gear", "\u9f7f\u8f6e \uD83D\uDE00"})
    void anyOtherIsServed(String description) throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            assertThat(send(gateway, description).status()).isEqualTo(200);
        }
    }

    private static Answer send(TestGateway gateway, String description) throws Exception {
        Document order = SoapEnvelope.SOAP_11.around(Examples.request("createOrder"));
        order.getElementsByTagNameNS("*", "description").item(0).setTextContent(description);
        WireSecurity security = gateway.security(Dialect.MODERN);
        encrypt(security.unencrypted().protect(order), security);
        return gateway.client()
                .post(
                        "order/v1/modern",
                        SoapEnvelope.SOAP_11,
                        "urn:crmgateway:order:v1:createOrder",
                        SoapEnvelope.bytes(order));
    }

    private static void encrypt(Document envelope, WireSecurity security) throws Exception {
        WSSecHeader header = new WSSecHeader(envelope);
        header.insertSecurityHeader();
        WSSecEncrypt encryption = new WSSecEncrypt(header);
        encryption.setUserInfo("gateway");
        encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
        encryption.setKeyEncAlgo(WSConstants.KEYTRANSPORT_RSAOAEP);
        encryption.setSymmetricEncAlgorithm(WSConstants.AES_256_GCM);
        encryption.setEncryptionSerializer(new Utf16());
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        encryption.build(security.crypto(), generator.generateKey());
    }

    private static final class Utf16 implements Serializer {
        @Override
        public byte[] serializeToByteArray(Element element) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] serializeToByteArray(NodeList content) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < content.getLength(); i++) {
                text.append(SoapEnvelope.text(content.item(i)));
            }
            String written = text.toString().replace("&#65534;", "\uFFFE").replace("&#65535;", "\uFFFF");
            return written.getBytes(StandardCharsets.UTF_16);
        }

        @Override
        public Node deserialize(byte[] source, Node context) {
            throw new UnsupportedOperationException();
        }
    }
}
