package org.crmgateway.console;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.security.explain.CanonicalBytes;
import org.crmgateway.security.explain.Explanation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: why a call was refused, for whoever is called at night. */
@Command(name = "explain", description = "Say why a call was refused, by the X-Call-Id of its answer.")
final class ExplainCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The call's id: 16 digits and capital letters.")
    private String id = "";

    @Option(
            names = "--bytes",
            paramLabel = "DIR",
            description =
                    "Write the canonical bytes of each signed part here. They may hold personal data: delete them.")
    private @Nullable Path bytes;

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String wanted = id.strip().toUpperCase(Locale.ROOT);
        return session.access().run(session.settings(), true, parts -> {
            Optional<Explanation> known = parts.explainer().explain(wanted);
            if (known.isEmpty()) {
                session.err()
                        .println(
                                "Nothing is known of a call with this id. Is it complete? A refusal is in the audit trail"
                                        + " after change.seal-interval, on every node; in a flood it is counted only.");
                return Commands.NOT_DONE;
            }
            known.get().text().forEach(session::say);
            if (!parts.live()) {
                session.say("  note         no gateway runs with this data folder: this is from the audit trail alone");
            }
            Path folder = bytes;
            if (folder != null) {
                write(known.get(), folder).forEach(session::say);
            }
            return Commands.DONE;
        });
    }

    private static List<String> write(Explanation explanation, Path folder) {
        try {
            Files.createDirectories(folder);
            List<CanonicalBytes> all = explanation.canonical();
            for (int i = 0; i < all.size(); i++) {
                write(file(explanation, folder, i), all.get(i).bytes());
            }
            return all.isEmpty()
                    ? List.of("  bytes        none: nothing was computed")
                    : List.of("  bytes        " + all.size() + " files in " + folder
                            + "; they may hold personal data: delete them after use");
        } catch (IOException e) {
            throw new OperatorError(
                    folder + " cannot be written, or has such files already. Name a new folder for --bytes.", e);
        }
    }

    private static Path file(Explanation explanation, Path folder, int index) {
        String name = explanation.canonical().get(index).name().replaceAll("[^A-Za-z0-9]+", "-");
        return folder.resolve(explanation.callId() + "-" + (index + 1) + "-" + name + ".c14n");
    }

    private static void write(Path file, byte[] content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var out = Channels.newOutputStream(Files.newByteChannel(file, options, ownerOnly))) {
            out.write(content);
        }
    }
}
