package org.crmgateway.security;

import java.time.Instant;
import org.crmgateway.call.CallId;
import org.jspecify.annotations.Nullable;

/**
 * A message that was refused before its sender was known. It may hold personal data: it lives in memory only, and its bytes
 * are in no log.
 *
 * @param at when it arrived
 * @param endpoint it was sent to
 * @param soap namespace of the envelope that the endpoint serves
 * @param charset the parameter of its content type, when sent
 * @param source the peer's address
 * @param reason a code of the program, e.g. {@code sec.cover.body}
 * @param bytes as they came; empty when they are not kept
 */
public record RefusedMessage(
        CallId id,
        Instant at,
        EndpointAddress endpoint,
        String soap,
        @Nullable String charset,
        String source,
        Refusal.Kind kind,
        String reason,
        byte[] bytes) {

    /** The same without its bytes. */
    RefusedMessage emptied() {
        return new RefusedMessage(id, at, endpoint, soap, charset, source, kind, reason, new byte[0]);
    }
}
