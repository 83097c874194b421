package org.crmgateway.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.crmgateway.audit.AuditVerdict;
import org.crmgateway.audit.AuditVerifier;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.database.Database;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.database.H2File;
import org.crmgateway.failure.OperatorError;

/**
 * What a copy was found to hold, after a database was made from it that a gateway could run on.
 *
 * @param made whatever was acknowledged until then is in it
 * @param changes up to which position changes are sealed
 * @param auditEntries how many entries the sealed audit trail has
 */
public record Verification(Instant made, Summary summary, long changes, long auditEntries) {
    /**
     * Makes a database of a copy, of this program's schema, and looks whether it is whole: counts, checksums and totals are
     * those of the copy, the changes have no gap, the audit trail is chained to its end.
     *
     * @param place where nothing is yet
     * @param password that the database gets
     * @throws OperatorError when it is not
     */
    static Verification of(Path copy, H2File place, DatabaseConfig config, String password, Progress progress) {
        try (ExportFile file = ExportFile.open(copy);
                Database database = Database.open(place.longWork(config), password)) {
            database.migrations().applyUpTo(file.head().schema());
            new Intake(database, file, progress).run();
            database.migrations().apply();
            ChangeLog changes = new ChangeLog();
            if (!database.reading(changes::complete)) {
                throw broken("changes are missing");
            }
            AuditVerdict audit = AuditVerifier.chain(database);
            Optional<String> why = audit.broken();
            if (why.isPresent()) {
                throw broken("in the audit trail, " + why.get());
            }
            return new Verification(
                    file.head().made(), file.summary(), database.reading(changes::sealed), audit.entries());
        }
    }

    private static OperatorError broken(String what) {
        return new OperatorError("The copy is not whole: " + what
                + ". If the database is so too, ./crm-gateway audit verify says it. Else make another backup.");
    }
}
