package org.crmgateway.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Category;
import org.crmgateway.failure.Failure;

/** A batch of upserts inside a running transaction; each row succeeds or fails alone, unless all must succeed. */
final class Batch<V, I> {
    private final Writer<V, I> writer;
    private final RecordKind kind;

    Batch(Writer<V, I> writer, RecordKind kind) {
        this.writer = writer;
        this.kind = kind;
    }

    BatchReceipt save(Tx tx, Call call, List<Row<I>> rows, boolean allOrNone) {
        Set<String> doubled = doubled(rows);
        Map<String, String> known = writer.known(tx, call, rows);
        List<RowResult> results = new ArrayList<>();
        int failed = 0;
        for (Row<I> row : rows) {
            RowResult result = save(tx, call, row, doubled, known);
            failed += result.outcome() == Outcome.FAILED ? 1 : 0;
            results.add(result);
        }
        if (failed > 0 && (allOrNone || failed == rows.size())) {
            // Also the key, so that the corrected batch can come under it.
            tx.discard();
            return new BatchReceipt(false, results.stream().map(Batch::undone).toList());
        }
        return new BatchReceipt(!call.request().validateOnly(), results);
    }

    private RowResult save(Tx tx, Call call, Row<I> row, Set<String> doubled, Map<String, String> known) {
        try {
            String externalId = row.draft().key().externalId();
            if (externalId != null && doubled.contains(externalId)) {
                throw Failure.rule(kind.label() + "/externalId", "DUPLICATE");
            }
            return RowResult.applied(row.rowId(), writer.upsert(tx, call, row.draft(), known));
        } catch (Failure e) {
            if (e.code().category() == Category.BUSY || e.code().category() == Category.INTERNAL) {
                // Not this row's fault: the whole batch can be sent again.
                throw e;
            }
            return RowResult.failed(row.rowId(), e);
        }
    }

    private Set<String> doubled(List<Row<I>> rows) {
        Set<String> seen = new HashSet<>();
        Set<String> doubled = new HashSet<>();
        for (Row<I> row : rows) {
            String externalId = row.draft().key().externalId();
            if (externalId != null && !seen.add(externalId)) {
                doubled.add(externalId);
            }
        }
        return doubled;
    }

    private static RowResult undone(RowResult result) {
        return result.outcome() == Outcome.FAILED ? result : RowResult.notApplied(result.rowId());
    }
}
