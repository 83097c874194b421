package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {
    @TempDir
    Path folder;

    @Test
    void aTrailAsItWasWrittenAgreesWithItsCheckpoints() throws IOException {
        Desk desk = trail();

        assertThat(desk.type("audit", "verify")).isZero();

        assertThat(desk.out()).startsWith("2 entries are as they were written; 1 checkpoints of ");
    }

    @Test
    void aChangedTrailIsSaidToBeBroken() throws IOException {
        Desk desk = trail();
        Administration parts = desk.live();
        try (var database = parts.database()) {
            database.inTransaction(tx -> tx.handle().execute("DELETE FROM audit_entry WHERE position = 2"));
        }

        assertThat(desk.type("audit", "verify")).isEqualTo(1);

        assertThat(desk.err()).startsWith("BROKEN: entry 2 is missing. Entries before it: 1 in order.");
    }

    @Test
    void checkpointsOfARetiredKeyNeedItsCertificate() throws IOException {
        Desk desk = trail();
        KeyFiles files = new KeyFiles(Clock.systemUTC());
        Path store = desk.settings().security().keyStore();
        char[] password = desk.settings().secrets().keyStore(desk.settings().security());
        files.writeCertificate(
                folder.resolve("old.pem"), Administration.gatewayCertificate(desk.settings(), Clock.systemUTC()));
        Files.delete(store);
        files.writeKeyStore(store, password, new KeyMaker(Clock.systemUTC()).make("gateway", Duration.ofDays(1)));

        assertThat(desk.type("audit", "verify")).isEqualTo(1);
        assertThat(desk.err()).contains("line 1 of ", "is no checkpoint of this gateway");
        assertThat(desk.type("audit", "verify", "--certificate", "old.pem")).isZero();
    }

    /** Two partners made, sealed, and a checkpoint. */
    private Desk trail() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "one");
        desk.type("partner", "add", "two");
        desk.sealAndSign();
        return desk;
    }
}
