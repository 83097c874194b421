package org.crmgateway.backup;

import java.time.Instant;
import org.crmgateway.failure.OperatorError;

/**
 * What a backup says of itself, written into it after it was verified.
 *
 * @param made before the copy began; whatever was acknowledged until then is in it
 * @param schema the number of the last migration of its database
 * @param changes up to which position changes are sealed
 * @param auditEntries how many entries the sealed trail has
 */
public record BackupHead(
        String format, int version, Instant made, int schema, Summary summary, long changes, long auditEntries) {
    static final String FORMAT = "crm-gateway-backup";
    static final int VERSION = 1;

    /** @throws OperatorError when it is not of the form that this program reads */
    void requireReadable() {
        if (!FORMAT.equals(format) || version != VERSION) {
            throw new OperatorError(
                    "The file is no backup of a gateway, or of a newer one. ./crm-gateway backup makes one.");
        }
    }
}
