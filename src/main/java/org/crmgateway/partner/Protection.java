package org.crmgateway.partner;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * How a partner's messages are secured, and who they are told by.
 *
 * @param dialects the ways its messages may be secured
 * @param certificates the certificates it signs with; answers are encrypted to the one that signed the request
 * @param encryptFaults whether faults after verification are encrypted too (Rampart 1.7 needs it)
 * @param repeatReads whether byte-identical reads within one second are answered (clients with whole-second timestamps)
 */
public record Protection(
        Set<Dialect> dialects, List<X509Certificate> certificates, boolean encryptFaults, boolean repeatReads) {

    public Protection {
        dialects = Set.copyOf(dialects);
        certificates = List.copyOf(certificates);
    }

    /** What a new partner has: these dialects and certificates, and everything else at its default. */
    public static Protection of(Set<Dialect> dialects, List<X509Certificate> certificates) {
        return new Protection(dialects, certificates, false, false);
    }
}
