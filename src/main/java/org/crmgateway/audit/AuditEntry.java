package org.crmgateway.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crmgateway.call.Digest;

/**
 * Who did what to which record, or was refused why.
 *
 * @param at to the millisecond
 * @param kind of what, e.g. {@code customer}; empty for a refusal
 * @param version the record's afterwards; 0 for a refusal
 * @param source the peer's address; empty but for a refusal
 * @param reason the refusal's; empty for what was done
 * @param times how many alike; 1 but for refusals in a flood
 */
public record AuditEntry(
        Instant at,
        String callId,
        String tenant,
        String partner,
        String operation,
        String event,
        String kind,
        String recordId,
        int version,
        String source,
        String reason,
        int times) {
    /** The digest of this entry at its place: over the digest of the entry before, the place, and every field with its length. */
    Digest chained(Digest before, long position) {
        String all = Stream.of(
                        before.value(),
                        Long.toString(position),
                        Long.toString(at.toEpochMilli()),
                        callId,
                        tenant,
                        partner,
                        operation,
                        event,
                        kind,
                        recordId,
                        Integer.toString(version),
                        source,
                        reason,
                        Integer.toString(times))
                .map(field -> field.length() + ":" + field)
                .collect(Collectors.joining());
        return Digest.of(all.getBytes(StandardCharsets.UTF_8));
    }
}
