package org.crmgateway.console;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.crmgateway.backup.Backup;
import org.crmgateway.backup.BackupHead;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backup}: a verified copy of an H2 database, also of one that is in use. */
@Command(name = "backup", description = "Copy the H2 database into a file while the gateway runs, and verify the copy.")
final class BackupCommand implements Callable<Integer> {
    private static final long SECONDS_BETWEEN_LINES = 5;

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
        Backup backup =
                new Backup(settings.database(), settings.secrets().database(settings.database()), session.clock());
        BackupHead head = backup.write(place, this::copy, session.progress());
        session.say("");
        session.say("backup    " + place);
        session.say("size      " + FileNames.size(place));
        session.say("time      "
                + Duration.between(start, session.clock().instant()).toSeconds() + " s");
        session.say("state of  " + head.made() + " or a little later: whatever was acknowledged until then is in it");
        session.say("verified  opened elsewhere; " + head.summary().rows() + " rows read, changes without a gap up to "
                + head.changes() + ", " + head.auditEntries() + " audit entries in one chain");
        session.say("Not in it: keys, passwords, configuration. Keep a copy of "
                + settings.gateway().dataFolder().resolve("keys")
                + " and config/ apart from it, and take this file to another machine.");
        return Commands.DONE;
    }

    /** In the running gateway where there is one, which holds the database; else here. Says how far it is meanwhile. */
    private void copy(Path file) {
        session.say("Copying the database ...");
        CompletableFuture<Integer> copying = CompletableFuture.supplyAsync(() -> Commands.run(
                Commands.line(session),
                session,
                CopyDatabaseCommand.NAME,
                file.toString(),
                "--config",
                session.configuration().toAbsolutePath().toString()));
        while (true) {
            try {
                if (copying.get(SECONDS_BETWEEN_LINES, TimeUnit.SECONDS) != Commands.DONE) {
                    throw new OperatorError("The database was not copied.");
                }
                session.say("  " + FileNames.size(file) + " written");
                return;
            } catch (TimeoutException e) {
                session.say("  " + FileNames.size(file) + " written ...");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof OperatorError error ? error : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperatorError("Interrupted.", e);
            }
        }
    }
}
