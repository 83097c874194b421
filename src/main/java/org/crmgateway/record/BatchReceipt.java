package org.crmgateway.record;

import java.util.List;

/**
 * The answer of a batch: a result for each row, in the order they were sent.
 *
 * @param committed false when nothing was written: it was only tried, every row failed, or one of those that only go together
 */
public record BatchReceipt(boolean committed, List<RowResult> results) {
    public BatchReceipt {
        results = List.copyOf(results);
    }
}
