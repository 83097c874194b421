package org.crmgateway.backup;

import java.time.Instant;
import java.util.List;
import org.crmgateway.failure.OperatorError;

/**
 * How an export begins. It describes its tables itself, so that a later program reads it: into the schema it was written with,
 * which is then brought up to date.
 *
 * @param version of the form, of which {@code docs/export-format.md} speaks
 * @param made before its content was read: whatever was acknowledged until then is in it
 * @param schema the number of the last migration of the database that was read
 */
record ExportHead(String format, int version, Instant made, int schema, List<TableForm> tables) {
    static final String FORMAT = "crm-gateway-export";
    static final int VERSION = 1;

    /** @throws OperatorError when it is not of the form that this program reads */
    void requireReadable() {
        if (!FORMAT.equals(format)) {
            throw new OperatorError("The file is no export or backup of a gateway.");
        }
        if (version != VERSION) {
            throw new OperatorError("The file has version " + version + " of the form, and this gateway reads "
                    + VERSION + ". Use the version of the gateway that made it, or a newer one.");
        }
    }
}
