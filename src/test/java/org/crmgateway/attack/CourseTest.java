package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.crmgateway.wire.SoapEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Attacks that take more than one message. */
@ExtendWith(AttackExtension.class)
final class CourseTest {
    private static final String WSA = " xmlns:w='http://www.w3.org/2005/08/addressing'";

    @Test
    @Attack("A-M17")
    void uploadsThatBreakOffLeaveNoFile(Attacks attacks) {
        attacks.course("A-M17", "30 uploads of 2 MB cut at nine tenths", "all ended, others served", 0, () -> {
            List<Socket> uploads = new ArrayList<>();
            String head = "POST /services/order/v1/modern HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n";
            for (int i = 0; i < 30; i++) {
                Socket socket = Reply.connect(attacks.edge().port());
                uploads.add(socket);
                String type = i % 2 == 0 ? "text/xml" : "multipart/related; boundary=b";
                write(socket, head + "Content-Type: " + type + "\r\n\r\n" + "x".repeat(1_800_000));
            }
            for (Socket socket : uploads) {
                socket.close();
            }
            String read = Payload.operation("o:getOrderChanges", "<o:cursor>NOW</o:cursor>");
            boolean served = new Talk(attacks.edge()).modern("order", read).contains("getOrderChangesResponse");
            return "all ended, " + (served ? "others served" : "others wait");
        });
    }

    private static void write(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException e) {
            // Refused by its head.
        }
    }

    @Test
    @Attack("A-G12")
    void theSameMessageIdSignedAnewIsARepeatAndWithOtherContentAMistake(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String id = "<w:MessageID" + WSA + ">urn:uuid:" + attacks.edge().fill("{n}") + "</w:MessageID>";
        String first = talk.modern("customer", id, customer("Once"), "wsa:MessageID");
        int customers = attacks.edge().gateway().count("customer");
        String again = talk.modern("customer", id, customer("Once"), "wsa:MessageID");
        String other = talk.modern("customer", id, customer("Other"), "wsa:MessageID");

        assertThat(Talk.value(first, "outcome")).contains("created");
        assertThat(Talk.value(again, "replayed")).contains("true");
        assertThat(Talk.value(again, "id")).isEqualTo(Talk.value(first, "id"));
        assertThat(Talk.code(other)).isEqualTo("IDEMPOTENCY_MISMATCH");
        assertThat(attacks.edge().gateway().count("customer")).isEqualTo(customers);
    }

    @Test
    @Attack("A-G13")
    void aStrangerCannotUseUpSomeonesMessageId(Attacks attacks) throws Exception {
        String id = "<w:MessageID" + WSA + ">urn:uuid:" + attacks.edge().fill("{n}") + "</w:MessageID>";
        String envelope = Payload.envelope(SoapEnvelope.SOAP_11, id, customer("Victim"));
        var stranger = attacks.edge()
                .partner()
                .signedBy(
                        attacks.edge().stranger().key(),
                        attacks.edge().stranger().certificate())
                .signing("Timestamp", "Body", "wsa:MessageID");
        Shot forged = attacks.edge()
                .post(
                        "/services/customer/v1/modern",
                        SoapEnvelope.SOAP_11,
                        SoapEnvelope.bytes(stranger.protect(SoapEnvelope.parse(envelope))));
        assertThat(Seen.of(Reply.to(attacks.edge().port(), forged.bytes(), false), forged)
                        .answer())
                .isEqualTo("SEC");

        String served = new Talk(attacks.edge()).modern("customer", id, customer("Victim"), "wsa:MessageID");
        assertThat(Talk.value(served, "outcome")).contains("created");
        assertThat(Talk.value(served, "replayed")).isEmpty();
    }

    private static String customer(String name) {
        return Payload.operation(
                "m:createCustomer", "<m:customer><m:name>" + name + "</m:name><m:kind>PERSON</m:kind></m:customer>");
    }
}
