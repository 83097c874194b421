package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Refuses registered certificates that their authority has taken back. A list concerns the certificates of its issuer only; one
 * that nobody renews closes the door for all of them, since it says nothing about the time after it. Thread-safe.
 */
public final class Revocations {
    private final Duration grace;
    private final Clock clock;
    private volatile RevocationLists lists;

    /** @param grace how long after its next update a list still counts */
    public Revocations(RevocationLists lists, Duration grace, Clock clock) {
        this.lists = lists;
        this.grace = grace;
        this.clock = clock;
    }

    /** From the next message on. */
    public void replace(RevocationLists others) {
        lists = others;
    }

    /** @throws Refusal when the certificate is revoked, or its authority's list is too old to say */
    public void require(X509Certificate certificate) {
        RevocationLists now = lists;
        if (now.revoke(certificate)) {
            throw Refusal.security("sec.cert.revoked");
        }
        if (now.overdue(clock.instant().minus(grace)).contains(certificate.getIssuerX500Principal())) {
            throw Refusal.security("sec.cert.crl");
        }
    }

    /** Authorities whose next list is overdue, whether their certificates are refused already or within the grace. */
    public List<X500Principal> overdue() {
        return lists.overdue(clock.instant());
    }
}
