package org.crmgateway.security;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * Certificate revocation lists (RFC 5280, section 5), one an authority, each verified with the authority's certificate.
 *
 * @param byIssuer the newest list of each authority
 */
public record RevocationLists(Map<X500Principal, X509CRL> byIssuer) {
    /** Nothing is revoked, but by command. */
    public static final RevocationLists NONE = new RevocationLists(Map.of());

    public RevocationLists {
        byIssuer = Map.copyOf(byIssuer);
    }

    static RevocationLists of(List<X509CRL> verified) {
        Map<X500Principal, X509CRL> newest = new LinkedHashMap<>();
        verified.stream()
                .sorted(Comparator.comparing(X509CRL::getThisUpdate))
                .forEach(list -> newest.put(list.getIssuerX500Principal(), list));
        return new RevocationLists(newest);
    }

    /** Whether the list of the certificate's authority, if there is one, has it. */
    boolean revoke(X509Certificate certificate) {
        X509CRL list = byIssuer.get(certificate.getIssuerX500Principal());
        return list != null && list.getRevokedCertificate(certificate.getSerialNumber()) != null;
    }

    /** The authorities whose next list should have been there before {@code moment}. */
    List<X500Principal> overdue(Instant moment) {
        return byIssuer.values().stream()
                .filter(list -> list.getNextUpdate().toInstant().isBefore(moment))
                .map(X509CRL::getIssuerX500Principal)
                .toList();
    }
}
