package org.crmgateway.console;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.crmgateway.backup.Restoration;
import org.crmgateway.backup.Restore;
import org.crmgateway.backup.Verification;
import org.crmgateway.config.Settings;
import org.crmgateway.security.CheckpointSigner;
import org.crmgateway.security.OwnKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: puts a backup back. */
@Command(name = "restore", description = "Put a backup back in the place of the H2 database, and verify it.")
final class RestoreCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "What ./crm-gateway backup made.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--replace", description = "Move the database that is there aside; it is not deleted.")
    private boolean replace;

    @Option(
            names = "--keep-cursors",
            description = "Nothing was written after the backup, so cursors that partners hold stay valid.")
    private boolean keepCursors;

    RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        CommandSocket.refuseRunning(settings);
        // A gateway could not run without its keys; and they sign that the trail now ends earlier.
        OwnKeys keys = Administration.gatewayKeys(settings, session.clock());
        DataFolder.create(settings);
        Instant start = session.clock().instant();
        Verification found = new Restore(
                        settings.database(), settings.secrets().database(settings.database()), session.clock())
                .read(
                        file,
                        replace,
                        (database, copy) -> {
                            CommandSocket.refuseRunning(settings);
                            new Restoration(
                                            database,
                                            settings.audit().checkpoints(),
                                            new CheckpointSigner(() -> keys, List.of(), session.clock()),
                                            session.clock())
                                    .note(copy.made(), keepCursors);
                        },
                        session.progress());
        session.say("");
        session.say("restored  the state of " + found.made() + ", in " + session.since(start));
        session.say("verified  " + found.summary().rows("customer") + " customers, "
                + found.summary().ordersText() + ", changes up to " + found.changes() + ", " + found.auditEntries()
                + " audit entries in one chain");
        session.say(
                keepCursors
                        ? "Cursors that partners hold stay valid."
                        : "Cursors that partners hold are no longer valid: they search anew, and follow changes from there.");
        session.say(
                "What was written later is lost here. ERPs send again what they sent since then, with the same keys.");
        return Commands.DONE;
    }
}
