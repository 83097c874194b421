package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of backups, with a gateway running and without. */
final class BackupCommandsTest {
    @TempDir
    Path folder;

    @Test
    void aBackupIsMadeWhileTheGatewayRunsAndOthersAreServedMeanwhile() throws IOException {
        Desk desk = desk();
        Administration parts = desk.live();
        try (var database = parts.database();
                CommandSocket socket = CommandSocket.open(parts, Map.of())) {
            socket.start();
            assertThat(desk.type("backup", "--to", "copies")).isZero();
            assertThat(desk.out())
                    .contains(
                            "Copying ...", "  partner: 2 rows", "Verifying: ", "backup    " + folder.resolve("copies"))
                    .contains("2 audit entries in one chain", "Not in it: keys");
            assertThat(desk.type("export", "--to", "moved.zip")).isZero();
            assertThat(desk.out()).contains("partner: 2 rows", "export    " + folder.resolve("moved.zip"));
            assertThat(desk.type("partner", "list")).isZero();

            assertThat(desk.type("restore", copy().toString(), "--replace")).isEqualTo(1);
            assertThat(desk.err())
                    .startsWith("A gateway runs with the data folder")
                    .contains("Stop it first");
            assertThat(desk.type("import", "moved.zip")).isEqualTo(1);
            assertThat(desk.err()).startsWith("A gateway runs with the data folder");
            assertThat(database.reachable()).isTrue();
        }
    }

    @Test
    void whatARestoreLostIsToldByTheCheckpointsAndTheTrailGoesOn() throws IOException {
        Desk desk = desk();
        assertThat(desk.type("backup", "--to", "copies")).isZero();
        desk.type("partner", "add", "three");
        desk.sealAndSign();
        assertThat(desk.type("restore", copy().toString())).isEqualTo(1);
        assertThat(desk.err()).startsWith("There is a database already").contains("--replace");

        assertThat(desk.type("restore", copy().toString(), "--replace")).isZero();

        assertThat(desk.out()).contains("The database that was there is now ", "restored  the state of ");
        desk.type("partner", "add", "four");
        desk.sealAndSign();
        assertThat(desk.type("audit", "verify")).isZero();
        assertThat(desk.out())
                .contains("LOST: an earlier state of the database was put back at ")
                .contains("it ended with entry 2, and the entries up to 3, which the checkpoint of ")
                .contains("4 entries are as they were written");
        desk.type("partner", "list");
        assertThat(desk.out()).contains("four").doesNotContain("three");
    }

    @Test
    void anEarlierDatabasePutThereByHandIsFoundUnlessItIsNoted() throws IOException {
        Desk desk = desk();
        Path database = folder.resolve("data/database/crm.mv.db");
        Path earlier = Files.copy(database, folder.resolve("earlier"));
        desk.type("partner", "add", "three");
        desk.sealAndSign();
        Files.delete(database);
        Files.copy(earlier, database);

        assertThat(desk.type("audit", "verify")).isEqualTo(1);
        assertThat(desk.err()).startsWith("BROKEN: the entries after 2 are gone");

        assertThat(desk.type("restored", "2026-11-21T22:30:00Z")).isZero();
        assertThat(desk.type("audit", "verify")).isZero();
        assertThat(desk.out()).contains("LOST: ", "2 entries are as they were written");
    }

    @Test
    void aRestoreNeedsTheKeys() throws IOException {
        Desk desk = desk();
        assertThat(desk.type("backup", "--to", "copies")).isZero();
        Path database = folder.resolve("data/database/crm.mv.db");
        Files.delete(database);
        Files.delete(desk.settings().security().keyStore());

        assertThat(desk.type("restore", copy().toString())).isEqualTo(1);

        assertThat(database).doesNotExist();
    }

    @Test
    void anExportIsImportedIntoAnotherInstallationAndNotTwice() throws IOException {
        Desk desk = desk();
        assertThat(desk.type("export", "--to", "moved.zip")).isZero();
        Desk other = new Desk(Files.createDirectory(folder.resolve("other")));
        String file = folder.resolve("moved.zip").toString();

        assertThat(other.type("import", file)).isZero();

        assertThat(other.out()).contains("  partner: 2 rows", "compared  counts and checksums of 14 tables");
        other.type("partner", "list");
        assertThat(other.out()).contains("one", "two");
        assertThat(other.type("import", file)).isEqualTo(1);
        assertThat(other.err()).startsWith("The database is not empty");
    }

    /** A gateway's folder with two partners and a checkpoint. */
    private Desk desk() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "one");
        desk.type("partner", "add", "two");
        desk.sealAndSign();
        return desk;
    }

    private Path copy() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
