package org.crmgateway.backup;

import java.time.Instant;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;

/**
 * An import that was begun and not finished: what is in the database is part of a file, and nothing else.
 *
 * @param file its name
 */
public record UnfinishedImport(String file, Instant since) {
    /** @throws OperatorError when the database is the half of an import */
    public static void refuse(Database database) {
        database.reading(new ImportTable()::unfinished).ifPresent(run -> {
            throw run.error();
        });
    }

    OperatorError error() {
        return new OperatorError("The database holds an unfinished import of " + file + ", begun " + since
                + ". ./crm-gateway import --again FILE empties it and starts anew.");
    }
}
