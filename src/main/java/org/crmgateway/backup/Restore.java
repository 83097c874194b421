package org.crmgateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.function.BiConsumer;
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
     * Makes the database beside its place, verifies it there, has it noted, and only then moves it to its place.
     *
     * @param replace whether a database that is there may be moved aside
     * @param note what is to be written into it before; what it throws ends the restore
     * @throws OperatorError when there is one, or it is in use, or the backup is not whole; nothing is changed then
     */
    public Verification read(Path copy, boolean replace, BiConsumer<Database, Verification> note, Progress progress) {
        H2File place = H2File.of(config)
                .orElseThrow(() -> new OperatorError(
                        "restore is for H2. docs/operations.md says how PostgreSQL is put back by its own tools."));
        try {
            requireFree(place, replace);
            try (Scratch scratch = Scratch.beside(place.file())) {
                H2File made = place.in(scratch.folder());
                Verification found = Verification.of(copy, made, config, password, progress);
                // A gateway may have been started meanwhile.
                requireFree(place, replace);
                try (Database database = Database.open(made.longWork(config), password)) {
                    note.accept(database, found);
                }
                Files.setPosixFilePermissions(made.file(), PosixFilePermissions.fromString("rw-------"));
                if (Files.exists(place.file())) {
                    Path aside = aside(place);
                    Files.move(place.file(), aside);
                    progress.tell("The database that was there is now " + aside);
                }
                Files.move(made.file(), place.file());
                return found;
            }
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

    private Path aside(H2File place) {
        String name = place.place().getFileName() + ".replaced-" + NewFile.TIME.format(clock.instant());
        return new H2File(place.place().resolveSibling(name)).file();
    }
}
