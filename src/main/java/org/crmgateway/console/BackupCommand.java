package org.crmgateway.console;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.crmgateway.backup.Backup;
import org.crmgateway.backup.Verification;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backup}: a verified copy of an H2 database, also of one that is in use. */
@Command(
        name = "backup",
        description =
                "Copy the content of the H2 database into a file, also while the gateway runs, and put it back on trial.")
final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Where the file is put; backups in the data folder when not given.")
    private @Nullable Path folder;

    BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        DataFolder.create(settings);
        Instant start = session.clock().instant();
        Path place = FileNames.at(folder, settings, "backup-", start);
        Backup backup = new Backup(settings.database(), settings.secrets().database(settings.database()));
        Verification found = backup.write(place, this::export, session.progress());
        session.say("");
        session.say("backup    " + place);
        session.say("size      " + FileNames.size(place));
        session.say("time      " + session.since(start));
        session.say("state of  " + found.made() + " or a little later: whatever was acknowledged until then is in it");
        session.say("verified  put back on trial: counts, checksums and totals of "
                + found.summary().rows() + " rows are equal, changes without a gap up to " + found.changes() + ", "
                + found.auditEntries() + " audit entries in one chain");
        session.say("Not in it: keys, passwords, configuration. Keep a copy of "
                + settings.gateway().dataFolder().resolve("keys")
                + " and config/ apart from it, and take this file to another machine.");
        return Commands.DONE;
    }

    /** In the running gateway where there is one, which holds the database; else here. */
    private void export(Path file) {
        session.say("Copying ...");
        int exitCode = Commands.run(
                Commands.line(session),
                session,
                ExportCommand.NAME,
                ExportCommand.PART,
                "--to",
                file.toString(),
                "--config",
                session.configuration().toAbsolutePath().toString());
        if (exitCode != Commands.DONE) {
            throw new OperatorError("Nothing was backed up.");
        }
    }
}
