package org.crmgateway.console;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.crmgateway.backup.Restoration;
import org.crmgateway.config.Settings;
import org.crmgateway.security.CheckpointSigner;
import org.crmgateway.security.OwnKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restored}: says that an earlier state was put back by other means than {@code restore}. */
@Command(
        name = "restored",
        description =
                "After PostgreSQL was put back to an earlier state by its own tools, before a gateway starts: note it"
                        + " in the audit trail and its checkpoints, and end the cursors that partners hold.")
final class RestoredCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TIME", description = "The state that was put back, in UTC, e.g. 2026-11-21T22:30:00Z.")
    @SuppressWarnings("NullAway.Init")
    private Instant state;

    RestoredCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        CommandSocket.refuseRunning(settings);
        OwnKeys keys = Administration.gatewayKeys(settings, session.clock());
        return session.access().run(settings, true, parts -> {
            new Restoration(
                            parts.database(),
                            settings.audit().checkpoints(),
                            new CheckpointSigner(() -> keys, List.of(), parts.clock()),
                            parts.clock())
                    .note(state, false);
            session.say(
                    "Noted. audit verify says what the checkpoints know beyond it; cursors that partners hold are no"
                            + " longer valid.");
            return Commands.DONE;
        });
    }
}
