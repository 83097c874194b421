package org.crmgateway.registry;

import java.math.BigDecimal;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.crmgateway.database.Json;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Legacy;
import org.crmgateway.partner.Network;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerLimits;
import org.crmgateway.partner.Protection;
import org.crmgateway.partner.StoredPassword;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of what a partner's file says beside name, tenant and certificates.
 *
 * @param dialects their labels
 * @param rights names of operations in the WSDL
 * @param tlsCertificates fingerprints; absent in what an earlier version stored, as the next three are
 * @param password its stored form
 * @param legacyUntil a date
 * @param limits absent in what was stored before there were any
 */
record PartnerSettings(
        List<String> dialects,
        List<String> rights,
        boolean encryptFaults,
        boolean repeatReads,
        BigDecimal totalTolerance,
        boolean explain,
        @Nullable List<String> tlsCertificates,
        @Nullable String password,
        @Nullable String legacyUntil,
        @Nullable List<String> legacyNetworks,
        @Nullable PartnerLimits limits) {

    static String write(Partner partner) {
        StoredPassword password = partner.protection().password();
        Legacy legacy = partner.protection().legacy();
        return Json.write(new PartnerSettings(
                partner.dialects().stream().map(Dialect::label).sorted().toList(),
                partner.rights().stream().map(Operation::wireName).sorted().toList(),
                partner.protection().encryptFaults(),
                partner.protection().repeatReads(),
                partner.totalTolerance(),
                partner.explain(),
                partner.protection().tlsCertificates().stream()
                        .map(Fingerprint::value)
                        .sorted()
                        .toList(),
                password == null ? null : password.form(),
                legacy == null ? null : legacy.until().toString(),
                legacy == null
                        ? null
                        : legacy.networks().stream().map(Network::text).toList(),
                partner.limits()));
    }

    static PartnerSettings read(String json) {
        return Json.read(json, PartnerSettings.class);
    }

    PartnerLimits limitSet() {
        return limits == null ? PartnerLimits.NONE : limits;
    }

    Protection protection(List<X509Certificate> certificates) {
        Set<Dialect> spoken = Arrays.stream(Dialect.values())
                .filter(dialect -> dialects.contains(dialect.label()))
                .collect(Collectors.toSet());
        List<String> tls = Objects.requireNonNullElse(tlsCertificates, List.of());
        return new Protection(
                spoken,
                certificates,
                tls.stream().map(Fingerprint::new).collect(Collectors.toSet()),
                password == null ? null : new StoredPassword(password),
                legacy(),
                encryptFaults,
                repeatReads);
    }

    private @Nullable Legacy legacy() {
        if (legacyUntil == null || legacyNetworks == null) {
            return null;
        }
        return new Legacy(
                LocalDate.parse(legacyUntil),
                legacyNetworks.stream().map(Network::of).toList());
    }

    Set<Operation> rightSet() {
        return Arrays.stream(Operation.values())
                .filter(operation -> rights.contains(operation.wireName()))
                .collect(Collectors.toSet());
    }
}
