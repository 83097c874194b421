package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.apache.wss4j.dom.WSConstants;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** The contract's examples are what goes over the wire: every operation, every dialect, both SOAP versions. */
final class StoryOnTheWireTest {
    @TempDir
    private Path folder;

    private RunningGateway gateway;
    private Schema schema;

    static Stream<Arguments> dialectsAndVersions() {
        List<Arguments> all = new ArrayList<>();
        for (Dialect dialect : List.of(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX)) {
            for (SoapEnvelope version : SoapEnvelope.values()) {
                all.add(Arguments.of(dialect, version));
            }
        }
        return all.stream();
    }

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.start(folder);
        schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Stream.of("customer-messages-v1.xsd", "order-messages-v1.xsd", "fault-v1.xsd")
                        .map(file -> new StreamSource(Path.of("xsd", file).toFile()))
                        .toArray(Source[]::new));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dialectsAndVersions")
    void everyAnswerIsItsExample(Dialect dialect, SoapEnvelope version) throws Exception {
        for (String step : Examples.story()) {
            String answer = play(step, dialect, version);
            assertThat(Examples.difference(Examples.answer(step), answer))
                    .as("%s, %s, %s", step, dialect, version)
                    .isEmpty();
            schema.newValidator().validate(new StreamSource(new StringReader(answer)));
            gateway.seal();
        }
    }

    private String play(String step, Dialect dialect, SoapEnvelope version) {
        String operation = step.replace("-fault", "");
        boolean fault = step.endsWith("-fault");
        WireSecurity security = gateway.security(dialect);
        Document envelope = version.around(Examples.request(step));
        byte[] message = SoapEnvelope.bytes(dialect.secured() ? security.protect(envelope) : envelope);

        WireClient.Answer answer = gateway.client().post(path(operation, dialect), version, action(operation), message);

        assertThat(answer.status()).as(step).isEqualTo(fault ? 500 : 200);
        assertThat(answer.headers().firstValue("X-Call-Id")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith(version.contentType().replaceFirst(";.*", ""));
        Document received = answer.envelope();
        if (dialect.secured()) {
            if (!fault) {
                assertThat(SoapEnvelope.payload(received).getLocalName()).isEqualTo("EncryptedData");
            }
            var results = security.open(received).getActionResults();
            assertThat(results.get(WSConstants.SIGN)).as("signatures").hasSize(1);
            assertThat(results.get(WSConstants.TS)).as("timestamps").hasSize(1);
        }
        if (dialect == Dialect.SANDBOX && !fault) {
            Node header = SoapEnvelope.child(SoapEnvelope.payload(received), "responseHeader");
            Node notice = SoapEnvelope.child(header, "notice");
            assertThat(SoapEnvelope.child(notice, "code").getTextContent()).isEqualTo("SANDBOX");
            header.removeChild(notice);
        }
        String payload = SoapEnvelope.text(fault ? SoapEnvelope.faultDetail(received) : SoapEnvelope.payload(received));
        String callId = answer.headers().firstValue("X-Call-Id").orElseThrow();
        assertThat(payload).contains(">" + callId + "<");
        return payload;
    }

    static String path(String operation, Dialect dialect) {
        return area(operation) + "/v1/" + dialect.label();
    }

    static String action(String operation) {
        return "urn:crmgateway:" + area(operation) + ":v1:" + operation;
    }

    private static String area(String operation) {
        return operation.contains("Customer") ? "customer" : "order";
    }
}
