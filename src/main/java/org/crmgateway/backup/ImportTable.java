package org.crmgateway.backup;

import java.time.Instant;
import java.util.Optional;
import org.crmgateway.database.Tx;

/** The table {@code import_run}: a row while an import is not finished. */
final class ImportTable {
    void begin(Tx tx, String file, Instant at) {
        tx.handle()
                .createUpdate("INSERT INTO import_run (id, file, started_at) VALUES (1, :file, :at)")
                .bind("file", file)
                .bind("at", at)
                .execute();
    }

    Optional<UnfinishedImport> unfinished(Tx tx) {
        return tx.handle()
                .createQuery("SELECT file, started_at FROM import_run WHERE id = 1")
                .map(row -> new UnfinishedImport(
                        row.getColumn("file", String.class), row.getColumn("started_at", Instant.class)))
                .findOne();
    }

    void end(Tx tx) {
        tx.handle().execute("DELETE FROM import_run");
    }
}
