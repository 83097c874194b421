package org.crmgateway.call;

import org.jspecify.annotations.Nullable;

/**
 * What identifies the message that carried a call.
 *
 * @param messageId WS-Addressing 1.0 MessageID, when sent
 * @param signature digest of the verified SignatureValue; none in a dialect without signatures
 * @param repeated whether a message with this signature came before: its call must not be executed as a write again
 */
public record Message(@Nullable String messageId, @Nullable Digest signature, boolean repeated) {
    /** A message seen for the first time. */
    public Message(@Nullable String messageId, @Nullable Digest signature) {
        this(messageId, signature, false);
    }
}
