package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient.Answer;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The same signed bytes again, as a client library sends them when a connection broke: against the real rooms. */
final class RepeatTest {
    private static final SoapEnvelope VERSION = SoapEnvelope.SOAP_11;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void aRepeatedCreateGetsItsStoredAnswerUnread() throws Exception {
        WireSecurity security = gateway.security(Dialect.MODERN);
        byte[] bytes = message(security);
        Document first = opened(security, post(bytes));
        int unmarshalled = gateway.unmarshalled();

        Document again = opened(security, post(bytes));

        assertThat(text(first)).contains("createCustomerResponse").doesNotContain("replayed");
        assertThat(text(again)).contains("<header:replayed>true</header:replayed>");
        assertThat(recordId(again)).isEqualTo(recordId(first));
        assertThat(gateway.unmarshalled()).isEqualTo(unmarshalled);
    }

    @Test
    void theSameContentSignedAnewIsReplayedToo() throws Exception {
        WireSecurity security = gateway.security(Dialect.MODERN);
        Document first = opened(security, post(message(security)));
        Document again = opened(security, post(message(security)));
        assertThat(text(again)).contains("<header:replayed>true</header:replayed>");
        assertThat(recordId(again)).isEqualTo(recordId(first));
    }

    @Test
    void sixteenCopiesAtOnceMakeOneCustomer() throws Exception {
        WireSecurity security = gateway.security(Dialect.MODERN);
        byte[] bytes = message(security);
        ExecutorService senders = Executors.newFixedThreadPool(16);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add(senders.submit(() -> {
                together.await();
                return post(bytes);
            }));
        }
        together.countDown();
        List<String> ids = new ArrayList<>();
        int fresh = 0;
        for (Future<Answer> answer : answers) {
            if (answer.get().status() == 200) {
                Document envelope = opened(security, answer.get());
                ids.add(recordId(envelope));
                fresh += text(envelope).contains("replayed") ? 0 : 1;
            }
        }
        senders.shutdown();
        assertThat(ids).isNotEmpty();
        assertThat(ids.stream().distinct()).hasSize(1);
        assertThat(fresh).isEqualTo(1);
    }

    private byte[] message(WireSecurity security) {
        return SoapEnvelope.bytes(security.protect(VERSION.around(Examples.request("createCustomer"))));
    }

    private Answer post(byte[] message) {
        return gateway.client()
                .post("customer/v1/modern", VERSION, "urn:crmgateway:customer:v1:createCustomer", message);
    }

    private static Document opened(WireSecurity security, Answer answer) {
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        Document envelope = answer.envelope();
        security.open(envelope);
        return envelope;
    }

    private static String text(Document envelope) {
        return SoapEnvelope.text(SoapEnvelope.payload(envelope));
    }

    private static String recordId(Document envelope) {
        return envelope.getElementsByTagNameNS("urn:crmgateway:common:v1", "id")
                .item(0)
                .getTextContent();
    }
}
