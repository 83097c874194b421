package org.crmgateway.record;

import java.util.List;
import java.util.Set;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row of a batch.
 *
 * @param rowId the sender's own name of the row
 * @param id our id of the record; of a failed row only the one that VERSION_STALE and EXTERNAL_ID_TAKEN are about
 * @param version that record's version now
 * @param code why the row failed
 */
public record RowResult(
        String rowId,
        Outcome outcome,
        @Nullable String id,
        @Nullable String externalId,
        @Nullable Integer version,
        @Nullable String status,
        @Nullable Code code,
        List<Violation> violations) {

    /** The failures whose record is of the row's own kind, and the sender's to go on with. */
    private static final Set<Code> TELLING = Set.of(Code.VERSION_STALE, Code.EXTERNAL_ID_TAKEN);

    public RowResult {
        violations = List.copyOf(violations);
    }

    static RowResult applied(String rowId, Receipt receipt) {
        return new RowResult(
                rowId,
                receipt.outcome(),
                receipt.id(),
                receipt.externalId(),
                receipt.version(),
                receipt.status(),
                null,
                List.of());
    }

    static RowResult failed(String rowId, Failure failure) {
        Failure.Detail detail = failure.detail();
        boolean told = TELLING.contains(failure.code());
        return new RowResult(
                rowId,
                Outcome.FAILED,
                told ? detail.recordId() : null,
                null,
                told ? detail.currentVersion() : null,
                null,
                failure.code(),
                detail.violations());
    }

    static RowResult notApplied(String rowId) {
        return new RowResult(rowId, Outcome.NOT_APPLIED, null, null, null, null, null, List.of());
    }
}
