package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.crmgateway.call.CallId;
import org.crmgateway.partner.Dialect;
import org.junit.jupiter.api.Test;

class RefusedMessagesTest {
    private static final int KIB = 1 << 10;
    private static final EndpointAddress ENDPOINT =
            new EndpointAddress("urn:x", Dialect.MODERN, Set.of("http://127.0.0.1/x"));

    private final SecureRandom random = new SecureRandom();

    @Test
    void aMessageIsFoundByItsIdAndOthersAreNot() {
        RefusedMessages messages = new RefusedMessages(100 * KIB);
        CallId id = note(messages, "sec.replay", "10.0.0.1", 3 * KIB);

        assertThat(messages.find(id.value()).orElseThrow().bytes()).hasSize(3 * KIB);
        assertThat(messages.find("0123456789ABCDEF")).isEmpty();
    }

    @Test
    void theOldestOfOneSenderGoFirstWhenItIsFull() {
        RefusedMessages messages = new RefusedMessages(100 * KIB);
        CallId first = note(messages, "sec.replay", "10.0.0.1", 39 * KIB);
        CallId second = note(messages, "sec.replay", "10.0.0.1", 39 * KIB);
        CallId third = note(messages, "sec.replay", "10.0.0.1", 39 * KIB);

        assertThat(messages.find(first.value())).isEmpty();
        assertThat(messages.find(second.value())).isPresent();
        assertThat(messages.find(third.value())).isPresent();
    }

    @Test
    void aFloodOfStrangersFromEverywhereDoesNotPushOutWhatAPartnersSignatureReached() {
        RefusedMessages messages = new RefusedMessages(100 * KIB);
        CallId partners = note(messages, "sec.cover.wsa", "10.0.0.1", 10 * KIB);
        for (int i = 0; i < 5_000; i++) {
            String reason = i % 3 == 0 ? "sec.wss.failed_authentication" : i % 3 == 1 ? "sec.none" : "xml.eof";
            note(messages, reason, "10.1." + i / 250 + "." + i % 250, 2 * KIB);
        }

        assertThat(messages.find(partners.value())).isPresent();
    }

    @Test
    void aFloodFromOneAddressDoesNotPushOutTheSameReasonFromAnother() {
        for (int attempt = 0; attempt < 20; attempt++) {
            RefusedMessages messages = new RefusedMessages(100 * KIB);
            CallId quiet = note(messages, "sec.wss.failed_check", "10.0.0.1", 4 * KIB);
            for (int i = 0; i < 500; i++) {
                note(messages, "sec.wss.failed_check", "10.0.0.2", 4 * KIB);
            }
            if (messages.find(quiet.value()).isPresent()) {
                return;
            }
            // One time in 64 both addresses are in one group.
        }
        throw new AssertionError("the quiet sender's message was never kept");
    }

    @Test
    void ofALargeMessageOnlyTheReasonIsKept() {
        RefusedMessages messages = new RefusedMessages(10 << 20);
        CallId id = note(messages, "sec.replay", "10.0.0.1", RefusedMessages.LARGEST + 1);

        assertThat(messages.find(id.value()).orElseThrow().bytes()).isEmpty();
        assertThat(messages.find(id.value()).orElseThrow().reason()).isEqualTo("sec.replay");
    }

    @Test
    void withoutMemoryNothingIsKept() {
        RefusedMessages messages = new RefusedMessages(0);
        assertThat(messages.find(note(messages, "sec.replay", "10.0.0.1", 10).value()))
                .isEmpty();
    }

    private CallId note(RefusedMessages messages, String reason, String source, int size) {
        CallId id = CallId.random(random);
        messages.note(new RefusedMessage(
                id, Instant.EPOCH, ENDPOINT, "urn:soap", null, source, Refusal.Kind.SECURITY, reason, new byte[size]));
        return id;
    }
}
