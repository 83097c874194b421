package org.crmgateway.registry;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.crmgateway.database.Json;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;

/**
 * The stored form of what a partner's file says beside name, tenant and certificates.
 *
 * @param dialects their labels
 * @param rights names of operations in the WSDL
 */
record PartnerSettings(
        List<String> dialects,
        List<String> rights,
        boolean encryptFaults,
        boolean repeatReads,
        BigDecimal totalTolerance,
        boolean explain) {

    static String write(Partner partner) {
        return Json.write(new PartnerSettings(
                partner.dialects().stream().map(Dialect::label).sorted().toList(),
                partner.rights().stream().map(Operation::wireName).sorted().toList(),
                partner.encryptFaults(),
                partner.repeatReads(),
                partner.totalTolerance(),
                partner.explain()));
    }

    static PartnerSettings read(String json) {
        return Json.read(json, PartnerSettings.class);
    }

    Set<Dialect> dialectSet() {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialects.contains(dialect.label()))
                .collect(Collectors.toSet());
    }

    Set<Operation> rightSet() {
        return Arrays.stream(Operation.values())
                .filter(operation -> rights.contains(operation.wireName()))
                .collect(Collectors.toSet());
    }
}
