package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate counts, both ends included (RFC 5280, section 4.1.2.5).
 *
 * @param from to the second, as certificates are
 */
public record Validity(Instant from, Instant until) {
    /** How long before its end everyone concerned is told. */
    public static final Duration NOTICE = Duration.ofDays(60);

    public static Validity of(X509Certificate certificate) {
        return new Validity(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    public boolean holds(Instant now) {
        return begun(now) && !ended(now);
    }

    public boolean begun(Instant now) {
        return !now.isBefore(from);
    }

    public boolean ended(Instant now) {
        return now.isAfter(until);
    }

    /** Whether it is time to have another: within 60 days of the end, or after it. */
    public boolean ending(Instant now) {
        return !now.plus(NOTICE).isBefore(until);
    }

    /** Whole days until the end; 0 on the last day, negative afterwards. */
    public long daysLeft(Instant now) {
        return Math.floorDiv(
                Duration.between(now, until).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
