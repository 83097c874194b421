package org.crmgateway.call;

import org.jspecify.annotations.Nullable;

/**
 * What identifies the message that carried a call.
 *
 * @param messageId WS-Addressing 1.0 MessageID, when sent
 * @param signature digest of the verified SignatureValue; none in a dialect without signatures
 */
public record Message(@Nullable String messageId, @Nullable Digest signature) {}
