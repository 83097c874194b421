package org.crmgateway.record;

import java.util.List;
import java.util.Map;
import org.crmgateway.call.Call;

/** The search condition that a record bears an external id of the calling partner. */
public final class ExternalIdCondition {
    private ExternalIdCondition() {}

    public static void add(
            Call call, RecordKind kind, String externalId, List<String> conditions, Map<String, Object> parameters) {
        conditions.add("""
                r.id IN (SELECT e.record_id FROM external_id e
                WHERE e.tenant = :tenant AND e.partner = :partner AND e.kind = :kind AND e.external_id = :externalId)""");
        parameters.put("partner", call.partner().name());
        parameters.put("kind", kind.label());
        parameters.put("externalId", externalId);
    }
}
