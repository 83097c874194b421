package org.crmgateway.record;

import java.util.List;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row of a batch.
 *
 * @param rowId the sender's own name of the row
 * @param receipt of a row that was applied
 * @param code of a row that failed
 */
public record RowResult(
        String rowId,
        Outcome outcome,
        @Nullable Receipt receipt,
        @Nullable Code code,
        List<Violation> violations) {

    public RowResult {
        violations = List.copyOf(violations);
    }

    static RowResult applied(String rowId, Receipt receipt) {
        return new RowResult(rowId, receipt.outcome(), receipt, null, List.of());
    }

    static RowResult failed(String rowId, Failure failure) {
        return new RowResult(
                rowId, Outcome.FAILED, null, failure.code(), failure.detail().violations());
    }

    static RowResult notApplied(String rowId) {
        return new RowResult(rowId, Outcome.NOT_APPLIED, null, null, List.of());
    }
}
