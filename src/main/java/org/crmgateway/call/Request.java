package org.crmgateway.call;

import org.jspecify.annotations.Nullable;

/**
 * What the caller asks for beside the operation's payload: the contract's {@code requestHeader}.
 *
 * @param idempotencyKey names this intent; the same key gets the same answer
 * @param correlationId the caller's own id, handed back
 * @param validateOnly run every rule, write nothing
 * @param payload digest of the payload as received, request header excluded
 */
public record Request(
        @Nullable String idempotencyKey,
        @Nullable String correlationId,
        Language language,
        boolean validateOnly,
        Digest payload) {
    /** Before the body has been read. */
    public static final Request UNREAD = new Request(null, null, Language.ENGLISH, false, Digest.of(new byte[0]));
}
