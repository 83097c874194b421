package org.crmgateway.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crmgateway.call.Digest;

/**
 * Who did what to which record.
 *
 * @param at to the millisecond
 * @param kind of what, e.g. {@code customer}
 * @param version the record's afterwards
 */
record AuditEntry(
        Instant at,
        String callId,
        String tenant,
        String partner,
        String operation,
        String event,
        String kind,
        String recordId,
        int version) {
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
                        Integer.toString(version))
                .map(field -> field.length() + ":" + field)
                .collect(Collectors.joining());
        return Digest.of(all.getBytes(StandardCharsets.UTF_8));
    }
}
