package org.crmgateway.backup;

import java.util.List;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;

/** Takes the content of an export into a database that holds nothing, many rows a transaction, and compares both. */
final class Intake {
    private final Database database;
    private final ExportFile file;
    private final Progress progress;

    /** @param database with the schema that the file was written with, and no row in its tables but those it begins with */
    Intake(Database database, ExportFile file, Progress progress) {
        this.database = database;
        this.file = file;
        this.progress = progress;
    }

    /** @throws OperatorError when the file is not whole, or what is in the database then is not what the file says */
    void run() {
        progress.tell("Filling the tables ...");
        file.head().tables().forEach(this::fill);
        progress.tell("Comparing ...");
        Summary found = Reading.of(database, file.head().tables(), Reading.Sink.NOWHERE, progress);
        List<String> differences = found.differences(file.summary());
        if (!differences.isEmpty()) {
            throw new OperatorError(
                    "What was taken in is not what the file says: " + String.join("; ", differences) + ".");
        }
    }

    private void fill(TableForm table) {
        RowTable rows = new RowTable(table);
        if (table.single()) {
            // The one row that the schema begins with.
            database.inTransaction(tx -> {
                rows.deleteAll(tx);
                return table;
            });
        }
        Filling filling = new Filling(database, rows);
        file.each(table, row -> {
            filling.add(row);
            progress.row(table.name(), filling.rows());
        });
        filling.flush();
        database.inTransaction(tx -> {
            rows.goOnNumbering(tx);
            return table;
        });
    }
}
