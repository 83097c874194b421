package org.crmgateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.database.H2File;
import org.crmgateway.failure.OperatorError;

/** Makes backups of an H2 database: an export, written by whoever holds the database, that was put back once on trial. */
public final class Backup {
    private final DatabaseConfig config;
    private final String password;

    /** @param config of the database that is copied */
    public Backup(DatabaseConfig config, String password) {
        this.config = config;
        this.password = password;
    }

    /**
     * Makes one.
     *
     * @param exporting writes an export into the file it is given
     * @throws OperatorError when it cannot be made, or what was written is not whole; nothing is left then
     */
    public Verification write(Path place, Consumer<Path> exporting, Progress progress) {
        H2File original = H2File.of(config)
                .orElseThrow(
                        () -> new OperatorError("backup is for H2. docs/operations.md says how PostgreSQL is backed up"
                                + " by its own tools; ./crm-gateway export writes the content of either."));
        if (Files.exists(place)) {
            throw new OperatorError(place + " is there already. Choose another folder.");
        }
        try (Scratch scratch = Scratch.beside(place)) {
            Path copy = scratch.folder().resolve("copy.zip");
            exporting.accept(copy);
            progress.tell("Verifying: putting it back on trial, elsewhere ...");
            Verification found = Verification.of(copy, original.in(scratch.folder()), config, password, progress);
            Files.move(copy, place);
            return found;
        } catch (IOException e) {
            throw new OperatorError(
                    place + " cannot be written (" + e.getMessage() + "). Is the disk full? Choose another place.", e);
        }
    }
}
