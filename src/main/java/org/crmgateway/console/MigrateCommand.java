package org.crmgateway.console;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code migrate}: brings the database to this program's schema. */
@Command(name = "migrate", description = "Bring the database's schema to this version; serve does it too.")
final class MigrateCommand implements Callable<Integer> {
    private final Session session;

    MigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.access().run(session.settings(), false, parts -> {
            List<String> applied = parts.database().migrations().apply();
            applied.forEach(migration -> session.say("applied " + migration));
            session.say(
                    applied.isEmpty()
                            ? "The schema was already at this version."
                            : "The schema is at this version now.");
            return Commands.DONE;
        });
    }
}
