package org.crmgateway.record;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;

/** The table {@code external_id}: each partner's own names for records. */
final class ExternalIdTable {
    Optional<String> find(Tx tx, Call call, RecordKind kind, String externalId) {
        return tx.handle()
                .createQuery("""
                        SELECT record_id FROM external_id
                        WHERE tenant = :tenant AND partner = :partner AND kind = :kind AND external_id = :externalId""")
                .bind("tenant", call.tenant())
                .bind("partner", call.partner().name())
                .bind("kind", kind.label())
                .bind("externalId", externalId)
                .mapTo(String.class)
                .findOne();
    }

    /** As {@link #find}, of many; those that name nothing are left out. */
    Map<String, String> ids(Tx tx, Call call, RecordKind kind, Collection<String> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        return tx.handle()
                .createQuery("""
                        SELECT external_id, record_id FROM external_id
                        WHERE tenant = :tenant AND partner = :partner AND kind = :kind AND external_id IN (<names>)""")
                .bind("tenant", call.tenant())
                .bind("partner", call.partner().name())
                .bind("kind", kind.label())
                .bindList("names", names)
                .reduceRows(new HashMap<>(), (ids, row) -> {
                    ids.put(row.getColumn("external_id", String.class), row.getColumn("record_id", String.class));
                    return ids;
                });
    }

    /** Gives the record this name; false when the partner's name is taken. Waits for a transaction that is taking it. */
    boolean insert(Tx tx, Call call, RecordKind kind, String externalId, String recordId) {
        return tx.handle()
                        .createUpdate("""
                                INSERT INTO external_id (tenant, partner, kind, external_id, record_id)
                                VALUES (:tenant, :partner, :kind, :externalId, :recordId)
                                ON CONFLICT DO NOTHING""")
                        .bind("tenant", call.tenant())
                        .bind("partner", call.partner().name())
                        .bind("kind", kind.label())
                        .bind("externalId", externalId)
                        .bind("recordId", recordId)
                        .execute()
                == 1;
    }

    /** The calling partner's names of these records, by our id; the lowest where one has several. */
    Map<String, String> of(Tx tx, Call call, Collection<String> recordIds) {
        if (recordIds.isEmpty()) {
            return Map.of();
        }
        return tx.handle()
                .createQuery("""
                        SELECT record_id, MIN(external_id) AS external_id FROM external_id
                        WHERE tenant = :tenant AND partner = :partner AND record_id IN (<ids>)
                        GROUP BY record_id""")
                .bind("tenant", call.tenant())
                .bind("partner", call.partner().name())
                .bindList("ids", recordIds)
                .reduceRows(new HashMap<>(), (names, row) -> {
                    names.put(row.getColumn("record_id", String.class), row.getColumn("external_id", String.class));
                    return names;
                });
    }
}
