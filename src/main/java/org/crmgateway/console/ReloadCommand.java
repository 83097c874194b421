package org.crmgateway.console;

import java.util.List;
import java.util.concurrent.Callable;
import org.crmgateway.failure.OperatorError;
import picocli.CommandLine.Command;

/** {@code reload}: lets a running gateway read its keys, partner files and revocation lists now. */
@Command(
        name = "reload",
        description =
                "Let the running gateway read keys, partner files and revocation lists now; exit code 1 if any is bad.")
final class ReloadCommand implements Callable<Integer> {
    private final Session session;

    ReloadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.access().run(session.settings(), true, parts -> {
            Reload reload = parts.reload();
            if (reload == null) {
                throw new OperatorError("No gateway runs here, and the next one reads its files when it starts.");
            }
            List<String> lines = reload.now();
            lines.forEach(session::say);
            return lines.stream().allMatch(line -> line.startsWith("ok")) ? Commands.DONE : Commands.NOT_DONE;
        });
    }
}
