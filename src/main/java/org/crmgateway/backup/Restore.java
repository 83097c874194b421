package org.crmgateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.crmgateway.database.Database;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.database.H2File;
import org.crmgateway.failure.OperatorError;

/** Puts a backup back in the place of an H2 database. */
public final class Restore {
    private final DatabaseConfig config;
    private final String password;
    private final Clock clock;

    /** @param config of the database that is to be there afterwards */
    public Restore(DatabaseConfig config, String password, Clock clock) {
        this.config = config;
        this.password = password;
        this.clock = clock;
    }

    /**
     * Unpacks the backup beside its place, compares it with what it said when it was made, brings its schema up to date, and
     * only then moves it to its place.
     *
     * @param replace whether a database that is there may be moved aside
     * @throws OperatorError when there is one, or it is in use, or the backup is not whole; nothing is changed then
     */
    public BackupHead read(Path zip, boolean replace, Progress progress) {
        H2File place = H2File.of(config)
                .orElseThrow(() -> new OperatorError(
                        "restore is for H2. docs/operations.md says how PostgreSQL is put back by its own tools."));
        BackupFile backup = new BackupFile(zip);
        BackupHead head = backup.head();
        head.requireReadable();
        try {
            requireFree(place, replace);
            try (Scratch scratch = Scratch.beside(place.file())) {
                H2File unpacked = place.in(scratch.folder());
                progress.tell("Unpacking ...");
                backup.unpack(unpacked);
                verify(unpacked, head, progress);
                if (Files.exists(place.file())) {
                    Path aside = aside(place);
                    Files.move(place.file(), aside);
                    progress.tell("The database that was there is now " + aside);
                }
                Files.move(unpacked.file(), place.file());
            }
            return head;
        } catch (IOException e) {
            throw new OperatorError("The database cannot be put into its place (" + e.getMessage() + ").", e);
        }
    }

    private static void requireFree(H2File place, boolean replace) throws IOException {
        if (!Files.exists(place.file())) {
            return;
        }
        if (place.held()) {
            throw new OperatorError("The database " + place.file() + " is open in another process. Stop that process.");
        }
        if (!replace) {
            throw new OperatorError("There is a database already: " + place.file()
                    + ". With --replace it is moved aside, not deleted. Nothing was changed.");
        }
    }

    private void verify(H2File unpacked, BackupHead head, Progress progress) {
        try (Database database = Database.open(unpacked.longWork(config), password)) {
            List<String> pending = database.migrations().pending();
            if (pending.isEmpty()) {
                progress.tell("Verifying ...");
                Verification found = Verification.of(database, progress);
                List<String> differences = found.summary().differences(head.summary());
                if (!differences.isEmpty()) {
                    throw new OperatorError("The backup is not what it says it is: " + String.join("; ", differences)
                            + ". Take another. Nothing was changed.");
                }
            } else {
                // The rows of an older schema are not those that this program reads: first as it would start, then
                // read.
                database.migrations().apply();
                progress.tell("Brought from schema " + head.schema() + " to this version. Verifying ...");
                Verification.of(database, progress);
            }
        }
    }

    private Path aside(H2File place) {
        String now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(clock.instant());
        return new H2File(place.place().resolveSibling(place.place().getFileName() + ".replaced-" + now)).file();
    }
}
