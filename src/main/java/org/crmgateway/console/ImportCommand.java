package org.crmgateway.console;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.crmgateway.backup.Import;
import org.crmgateway.backup.Summary;
import org.crmgateway.config.Settings;
import org.crmgateway.database.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: fills an empty database from an export. */
@Command(
        name = "import",
        description = "Fill the empty database that the configuration names from an export, and compare both.")
final class ImportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "What ./crm-gateway export made.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--again",
            description = "Empty the database first, which holds an unfinished import and nothing else.")
    private boolean again;

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        CommandSocket.refuseRunning(settings);
        DataFolder.create(settings);
        Instant start = session.clock().instant();
        Summary summary;
        try (Database database = Administration.longWork(settings)) {
            summary = new Import(database, session.clock()).read(file, again, session.progress());
        }
        session.say("");
        session.say("imported  " + summary.rows() + " rows in " + session.since(start));
        session.say("compared  counts and checksums of " + summary.tables().size()
                + " tables and the totals of all orders are those of the file: " + summary.rows("customer")
                + " customers, " + summary.ordersText());
        return Commands.DONE;
    }
}
