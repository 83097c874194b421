package org.crmgateway.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.crmgateway.audit.AuditEvent;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;

/**
 * Takes an export into an empty database. Until all is there and compared, the database says that it is unfinished, and no
 * gateway starts on it.
 */
public final class Import {
    private final Database database;
    private final Clock clock;
    private final ImportTable runs = new ImportTable();

    /** @param database new, or with the schema that the file was written with */
    public Import(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Reads the file into the database, compares what is there then with what the file says, and brings the schema up to
     * date.
     *
     * @param again whether an unfinished import may be emptied first
     * @return what is in the file, and now in the database
     * @throws OperatorError when the database holds something else, when the file is not whole, or when they differ
     */
    public Summary read(Path path, boolean again, Progress progress) {
        try (ExportFile file = ExportFile.open(path)) {
            ExportHead head = file.head();
            if (database.migrations().none()) {
                database.migrations().applyUpTo(head.schema());
            } else if (database.migrations().version() != head.schema()) {
                throw new OperatorError(
                        "The database has the schema " + database.migrations().version()
                                + ", and the file was written with " + head.schema() + ". Import into a new database.");
            }
            begin(path, head.tables(), again, progress);
            new Intake(database, file, progress).run();
            database.migrations().apply();
            database.inTransaction(tx -> {
                new AuditTrail(clock).append(tx, AuditEvent.IMPORTED, head.made());
                runs.end(tx);
                return path;
            });
            return file.summary();
        }
    }

    private void begin(Path path, List<TableForm> tables, boolean again, Progress progress) {
        if (unfinished(again)) {
            progress.tell("Emptying the unfinished import ...");
            List<TableForm> inverse = new ArrayList<>(tables);
            Collections.reverse(inverse);
            inverse.forEach(table -> database.inTransaction(tx -> {
                new RowTable(table).deleteAll(tx);
                return table;
            }));
            return;
        }
        database.inTransaction(tx -> {
            for (TableForm table : tables) {
                if (!table.single() && new RowTable(table).count(tx) > 0) {
                    throw new OperatorError("The database is not empty: " + table.name()
                            + " has rows. Import into a new database; nothing was changed.");
                }
            }
            runs.begin(tx, path.getFileName().toString(), clock.instant());
            return path;
        });
    }

    private boolean unfinished(boolean again) {
        return database.reading(runs::unfinished)
                .map(run -> {
                    if (!again) {
                        throw run.error();
                    }
                    return true;
                })
                .orElse(false);
    }
}
