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
 * Takes an export into an empty database, many rows a transaction. Until all is there and compared, the database says that it
 * is unfinished, and no gateway starts on it.
 */
public final class Import {
    private final Database database;
    private final Clock clock;
    private final ImportTable runs = new ImportTable();

    /** @param database with the schema of this program */
    public Import(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Reads the file into the database, and compares what is there then with what the file says.
     *
     * @param again whether an unfinished import may be emptied first
     * @return what is in the database now
     * @throws OperatorError when the database holds something else, when the file is not whole, or when they differ
     */
    public Summary read(Path path, boolean again, Progress progress) {
        try (ExportFile file = ExportFile.open(path)) {
            begin(path, again, progress);
            progress.tell("Filling the tables ...");
            for (TableForm table : PortableForm.TABLES) {
                fill(file, table, progress);
            }
            return end(path, file, progress);
        }
    }

    private void begin(Path path, boolean again, Progress progress) {
        boolean unfinished = database.inTransaction(runs::unfinished)
                .map(run -> {
                    if (!again) {
                        throw run.error();
                    }
                    return true;
                })
                .orElse(false);
        if (unfinished) {
            progress.tell("Emptying the unfinished import ...");
            for (TableForm table : inverse()) {
                database.inTransaction(tx -> {
                    new RowTable(table).deleteAll(tx);
                    return table;
                });
            }
            return;
        }
        database.inTransaction(tx -> {
            for (TableForm table : PortableForm.TABLES) {
                if (!table.single() && new RowTable(table).count(tx) > 0) {
                    throw new OperatorError("The database is not empty: " + table.name()
                            + " has rows. Import into a new database; nothing was changed.");
                }
            }
            runs.begin(tx, path.getFileName().toString(), clock.instant());
            for (TableForm table : PortableForm.TABLES) {
                new RowTable(table).deleteAll(tx);
            }
            return path;
        });
    }

    private void fill(ExportFile file, TableForm table, Progress progress) {
        Filling filling = new Filling(database, new RowTable(table));
        file.each(table, row -> {
            filling.add(row);
            progress.row(table.name(), filling.rows());
        });
        filling.flush();
        database.inTransaction(tx -> {
            new RowTable(table).goOnNumbering(tx);
            return table;
        });
    }

    private Summary end(Path path, ExportFile file, Progress progress) {
        progress.tell("Comparing ...");
        Summary found = Reading.of(database, Reading.Sink.NOWHERE, progress);
        List<String> differences = found.differences(file.summary());
        if (!differences.isEmpty()) {
            throw new OperatorError("The database is not what " + path + " says: " + String.join("; ", differences)
                    + ". It stays marked as unfinished.");
        }
        database.inTransaction(tx -> {
            new AuditTrail(clock).append(tx, AuditEvent.IMPORTED, file.made());
            runs.end(tx);
            return path;
        });
        return found;
    }

    private static List<TableForm> inverse() {
        List<TableForm> tables = new ArrayList<>(PortableForm.TABLES);
        Collections.reverse(tables);
        return tables;
    }
}
