package org.crmgateway.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.crmgateway.call.Call;
import org.crmgateway.call.Digest;
import org.jspecify.annotations.Nullable;

/** What names one intent of one partner, whatever message carries it. */
public record IdempotencyKey(String name) {

    /**
     * The strongest name a call has: its idempotency key; for a create, the partner's own id of the new record; its
     * WS-Addressing MessageID (toolkits make a new one for each resend); the signature, which at least recognises the same bytes.
     *
     * @param created the external id of the record a create makes, with its kind, e.g. {@code order:4711}
     */
    public static Optional<IdempotencyKey> of(Call call, @Nullable String created) {
        String sent = call.request().idempotencyKey();
        if (sent != null) {
            return Optional.of(new IdempotencyKey("key:" + sent));
        }
        if (created != null) {
            return Optional.of(new IdempotencyKey("external-id:" + created));
        }
        String messageId = call.message().messageId();
        if (messageId != null) {
            // A URI of any length: its digest has one.
            Digest digest = Digest.of(messageId.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new IdempotencyKey("message-id:" + digest.value()));
        }
        return Optional.ofNullable(call.message().signature())
                .map(digest -> new IdempotencyKey("signature:" + digest.value()));
    }
}
