package org.crmgateway.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.crmgateway.database.Database;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.database.H2File;
import org.crmgateway.failure.OperatorError;

/** Makes backups of an H2 database: copied by whoever holds it, verified here. */
public final class Backup {
    private final DatabaseConfig config;
    private final String password;
    private final Clock clock;

    /** @param config of the database that is copied */
    public Backup(DatabaseConfig config, String password, Clock clock) {
        this.config = config;
        this.password = password;
        this.clock = clock;
    }

    /**
     * Makes one.
     *
     * @param copying lets H2 copy itself into the file it is given
     * @throws OperatorError when it cannot be made, or what was copied is not whole; nothing is left then
     */
    public BackupHead write(Path place, Consumer<Path> copying, Progress progress) {
        H2File original = H2File.of(config)
                .orElseThrow(
                        () -> new OperatorError("backup is for H2. docs/operations.md says how PostgreSQL is backed up"
                                + " by its own tools; ./crm-gateway export writes the content of either."));
        try (NewFile file = NewFile.at(place)) {
            Instant made = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            copying.accept(file.part());
            progress.tell("Verifying the copy ...");
            BackupHead head = verify(new BackupFile(file.part()), original, made, progress);
            file.complete();
            return head;
        } catch (IOException e) {
            throw new OperatorError(
                    place + " cannot be written (" + e.getMessage() + "). Is the disk full? Choose another place.", e);
        }
    }

    private BackupHead verify(BackupFile copy, H2File original, Instant made, Progress progress) throws IOException {
        try (Scratch scratch = Scratch.beside(copy.zip())) {
            H2File elsewhere = original.in(scratch.folder());
            copy.unpack(elsewhere);
            try (Database database = Database.open(elsewhere.longWork(config), password)) {
                Verification verified = Verification.of(database, progress);
                BackupHead head = new BackupHead(
                        BackupHead.FORMAT,
                        BackupHead.VERSION,
                        made,
                        database.migrations().version(),
                        verified.summary(),
                        verified.changes(),
                        verified.auditEntries());
                copy.describe(head);
                return head;
            }
        }
    }
}
