package org.crmgateway.partner;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a partner's messages are secured, and who they are told by.
 *
 * @param dialects the ways its messages may be secured
 * @param certificates the certificates it signs with; answers are encrypted to the one that signed the request
 * @param tlsCertificates of its TLS client certificates; when there is one, every message comes over a connection with one of
 *     these
 * @param password for {@link Dialect#USERNAME_TLS}
 * @param legacy the terms of {@link Dialect#LEGACY_2005}
 * @param encryptFaults whether faults after verification are encrypted too (Rampart 1.7 needs it)
 * @param repeatReads whether byte-identical reads within one second are answered (clients with whole-second timestamps)
 */
public record Protection(
        Set<Dialect> dialects,
        List<X509Certificate> certificates,
        Set<Fingerprint> tlsCertificates,
        @Nullable StoredPassword password,
        @Nullable Legacy legacy,
        boolean encryptFaults,
        boolean repeatReads) {

    public Protection {
        dialects = Set.copyOf(dialects);
        certificates = List.copyOf(certificates);
        tlsCertificates = Set.copyOf(tlsCertificates);
        if (dialects.contains(Dialect.LEGACY_2005) && legacy == null) {
            throw new IllegalArgumentException("legacy-2005 needs an end and networks");
        }
        if (dialects.contains(Dialect.USERNAME_TLS) && password == null) {
            throw new IllegalArgumentException("username-tls needs a password");
        }
    }

    /** These dialects and certificates, and everything else as a new partner has it. */
    public static Protection of(Set<Dialect> dialects, List<X509Certificate> certificates) {
        return new Protection(dialects, certificates, Set.of(), null, null, false, false);
    }

    /** The same with these certificates. */
    public Protection with(List<X509Certificate> others) {
        return new Protection(dialects, others, tlsCertificates, password, legacy, encryptFaults, repeatReads);
    }

    /** The same with another password. */
    public Protection with(StoredPassword other) {
        return new Protection(dialects, certificates, tlsCertificates, other, legacy, encryptFaults, repeatReads);
    }
}
