package org.crmgateway.console;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.crmgateway.backup.Export;
import org.crmgateway.backup.Summary;
import org.crmgateway.database.Database;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export}: all content in a form that does not depend on the database's product. */
@Command(
        name = ExportCommand.NAME,
        description = "Write all content, as of one moment, into a file that any database of a gateway can take in.")
final class ExportCommand implements Callable<Integer> {
    static final String NAME = "export";
    /** For {@code backup}, which goes on with the file. */
    static final String PART = "--part-of-backup";

    private final Session session;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "The file; in the folder backups in the data folder when not given.")
    private @Nullable Path file;

    @Option(names = ExportCommand.PART, hidden = true, description = "Say only how far it is.")
    private boolean partOfBackup;

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.access().run(session.settings(), true, parts -> {
            Instant start = session.clock().instant();
            Path place = file == null ? FileNames.at(null, parts.settings(), "export-", start) : file;
            Summary summary;
            try (Database database = parts.longWork()) {
                summary = new Export(database, session.clock()).write(place, session.progress());
            }
            if (partOfBackup) {
                return Commands.DONE;
            }
            session.say("");
            session.say("export    " + place);
            session.say("size      " + FileNames.size(place));
            session.say("time      " + session.since(start));
            session.say("holds     " + summary.rows() + " rows, of them " + summary.rows("customer") + " customers and "
                    + summary.ordersText());
            session.say(
                    "It holds personal data and secrets of this gateway, but no private keys: mode 0600, keep it so.");
            return Commands.DONE;
        });
    }
}
