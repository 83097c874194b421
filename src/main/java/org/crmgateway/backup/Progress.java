package org.crmgateway.backup;

import org.crmgateway.failure.OperatorError;

/** Who is told how far a long task is. */
@FunctionalInterface
public interface Progress {
    /** Rows after which a line is due. */
    int ROWS = 25_000;

    /**
     * Tells.
     *
     * @throws OperatorError when nobody waits for the task any more
     */
    void tell(String line);

    /** Tells of every {@link #ROWS}th row. */
    default void row(String table, long rows) {
        if (rows % ROWS == 0) {
            tell("  " + table + ": " + rows + " rows ...");
        }
    }
}
