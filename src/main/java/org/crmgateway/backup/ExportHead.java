package org.crmgateway.backup;

import java.time.Instant;
import org.crmgateway.failure.OperatorError;

/**
 * How an export begins.
 *
 * @param version of the form, of which {@code docs/export-format.md} speaks
 * @param made when, in UTC
 * @param schema the number of the last migration of the database that was read
 */
record ExportHead(String format, int version, Instant made, int schema) {
    static final String FORMAT = "crm-gateway-export";
    static final int VERSION = 1;

    /** @throws OperatorError when it is not of the form that this program reads */
    void requireReadable() {
        if (!FORMAT.equals(format)) {
            throw new OperatorError("The file is no export of a gateway. ./crm-gateway export makes one.");
        }
        if (version != VERSION) {
            throw new OperatorError("The export has version " + version + " of the form, and this gateway reads "
                    + VERSION + ". Import it with a gateway of the version that made it.");
        }
    }
}
