package org.crmgateway.console;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The part of {@code backup} that only the process can do that holds the database: lets H2 copy itself. */
@Command(
        name = CopyDatabaseCommand.NAME,
        hidden = true,
        description = "Let H2 copy itself into a zip file; backup does it, and verifies the copy.")
final class CopyDatabaseCommand implements Callable<Integer> {
    static final String NAME = "copy-database";

    private final Session session;

    @Parameters(paramLabel = "FILE", description = "Where to.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    CopyDatabaseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.access().run(session.settings(), true, parts -> {
            parts.database().copyTo(file);
            return Commands.DONE;
        });
    }
}
