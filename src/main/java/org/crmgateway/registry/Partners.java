package org.crmgateway.registry;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;

/**
 * All partners as one node saw them at one moment.
 *
 * @param revision of the database they were read at
 * @param checkedAt when the database last said that this is still its revision
 * @param certificates those of partners that may call
 * @param tlsCertificates those of partners that may call
 */
record Partners(
        long revision,
        Instant checkedAt,
        Map<String, Partner> byName,
        Map<Fingerprint, Partner> byCertificate,
        List<X509Certificate> certificates,
        Set<Fingerprint> tlsCertificates) {

    static Partners of(long revision, Instant checkedAt, Collection<Partner> partners) {
        Map<String, Partner> byName = new TreeMap<>();
        Map<Fingerprint, Partner> byCertificate = new HashMap<>();
        for (Partner partner : partners) {
            byName.put(partner.name(), partner);
            for (X509Certificate certificate : partner.certificates()) {
                byCertificate.put(Fingerprint.of(certificate), partner);
            }
        }
        List<Partner> active = partners.stream()
                .filter(partner -> partner.state() == Partner.State.ACTIVE)
                .toList();
        List<X509Certificate> certificates = active.stream()
                .flatMap(partner -> partner.certificates().stream())
                .toList();
        Set<Fingerprint> tls = active.stream()
                .flatMap(partner -> partner.protection().tlsCertificates().stream())
                .collect(Collectors.toSet());
        return new Partners(revision, checkedAt, byName, byCertificate, certificates, tls);
    }

    Partners stillTrueAt(Instant now) {
        return new Partners(revision, now, byName, byCertificate, certificates, tlsCertificates);
    }

    Optional<Partner> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<Partner> withCertificate(Fingerprint fingerprint) {
        return Optional.ofNullable(byCertificate.get(fingerprint));
    }
}
