package org.crmgateway.console;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.crmgateway.audit.AuditVerdict;
import org.crmgateway.audit.AuditVerifier;
import org.crmgateway.security.CheckpointSigner;
import org.crmgateway.security.KeyFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: the trail of what was done. */
@Command(name = "audit", description = "The trail of what was done.")
final class AuditCommands {
    private final Session session;

    AuditCommands(Session session) {
        this.session = session;
    }

    @Command(
            name = "verify",
            description = "Read the whole trail and say whether an entry was changed, removed or slipped in.")
    int verify(
            @Option(
                            names = "--checkpoints",
                            paramLabel = "FILE",
                            description = "Signed checkpoints, of any node; audit.checkpoints when not given.")
                    @Nullable
                    Path checkpoints,
            @Option(
                            names = "--certificate",
                            paramLabel = "FILE",
                            description = "Certificate of a key the gateway had when checkpoints were signed.")
                    @Nullable
                    List<Path> retired) {
        return session.access().run(session.settings(), true, parts -> {
            KeyFiles files = new KeyFiles(parts.clock());
            List<X509Certificate> before = retired == null
                    ? List.of()
                    : retired.stream()
                            .flatMap(file -> files.readCertificates(file).stream())
                            .toList();
            CheckpointSigner signer = new CheckpointSigner(parts::gatewayKeys, before, parts.clock());
            Path file =
                    checkpoints != null ? checkpoints : parts.settings().audit().checkpoints();
            AuditVerdict verdict = new AuditVerifier(parts.database(), signer).verify(file);
            verdict.lost().forEach(sentence -> session.say("LOST: " + sentence + "."));
            if (verdict.broken().isPresent()) {
                session.err()
                        .println("BROKEN: " + verdict.broken().get() + ". Entries before it: " + verdict.entries()
                                + " in order. Keep database and checkpoints as they are, and compare with a backup."
                                + " If you put an earlier state back yourself: ./crm-gateway restored.");
                return Commands.NOT_DONE;
            }
            session.say(verdict.entries() + " entries are as they were written; " + verdict.checkpoints()
                    + " checkpoints of " + file + " agree.");
            return Commands.DONE;
        });
    }
}
