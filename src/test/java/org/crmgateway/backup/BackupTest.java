package org.crmgateway.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.crmgateway.audit.AuditSealer;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.record.Receipt;
import org.crmgateway.record.TestRooms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is whole or is not there, and what is put back is what it was made of. */
final class BackupTest {
    private static final Progress SILENT = line -> {};

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedBeforeABackupUnderLoadIsInItAndAllOfOneMoment() {
        TestDatabases.Settings live = database("live");
        for (int round = 1; round <= 3; round++) {
            Path zip = folder.resolve("backup-" + round + ".zip");
            int before;
            try (TestRooms rooms = TestRooms.on(live)) {
                Erp erp = round == 1 ? Erp.on(rooms) : new Erp(rooms);
                int first = round * 10_000;
                try (Erp.Load load = new Erp.Load(erp, first)) {
                    while (load.acknowledged() < first + 100) {
                        Thread.onSpinWait();
                    }
                    seal(rooms);
                    before = load.acknowledged();
                    backup(live, rooms.database(), zip);
                }
            }

            TestDatabases.Settings restored = database("restored-" + round);
            Summary summary = restore(zip, restored, false).summary();

            try (TestRooms rooms = TestRooms.on(restored)) {
                long orders = summary.rows("sales_order");
                assertThat(summary.rows("external_id")).isEqualTo(orders + 5);
                assertThat(summary.rows("change_entry")).isEqualTo(orders + 5);
                assertThat(summary.rows("audit_entry")).isEqualTo(orders + 5);
                assertThat(new Erp(rooms).send(before).replayed()).isTrue();
                assertThat(new Erp(rooms).send(before + 100_000).replayed()).isFalse();
            }
        }
    }

    @Test
    void ordersOfTheLostMinutesAreCreatedOnceWhenTheyAreSentAgain() {
        TestDatabases.Settings settings = database("live");
        Path zip = folder.resolve("backup.zip");
        List<String> kept = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        String cursor;
        try (TestRooms rooms = TestRooms.on(settings)) {
            Erp erp = Erp.on(rooms);
            for (int i = 1; i <= 20; i++) {
                kept.add(erp.send(i).answer().id());
            }
            seal(rooms);
            backup(settings, rooms.database(), zip);
            for (int i = 21; i <= 30; i++) {
                lost.add(erp.send(i).answer().id());
            }
            seal(rooms);
            cursor = erp.changes("NOW").nextCursor();
        }
        restore(zip, settings, true);
        note(settings, false);

        try (TestRooms rooms = TestRooms.on(settings)) {
            Erp erp = new Erp(rooms);
            for (int round = 1; round <= 2; round++) {
                for (int i = 1; i <= 30; i++) {
                    Answered<Receipt> answer = erp.send(i);
                    assertThat(answer.replayed()).isEqualTo(i <= 20 || round == 2);
                    assertThat(answer.answer().externalId()).isEqualTo("Ö-" + i);
                    assertThat(kept.contains(answer.answer().id())).isEqualTo(i <= 20);
                    assertThat(lost).doesNotContain(answer.answer().id());
                }
            }
            seal(rooms);
            assertThat(count(rooms.database(), "sales_order")).isEqualTo(30);
            // Positions that the partner has seen are other changes now: its cursor must not lead past them.
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() -> erp.changes(cursor))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(Code.CURSOR_INVALID));
            assertThat(erp.changes("BEGINNING").changes()).hasSize(30);
        }
    }

    @Test
    void cursorsStayValidWhenNothingWasLost() {
        TestDatabases.Settings settings = database("live");
        Path zip = folder.resolve("backup.zip");
        String cursor;
        try (TestRooms rooms = TestRooms.on(settings)) {
            Erp erp = Erp.on(rooms);
            erp.send(1);
            seal(rooms);
            cursor = erp.changes("NOW").nextCursor();
            backup(settings, rooms.database(), zip);
        }
        restore(zip, settings, true);
        note(settings, true);

        try (TestRooms rooms = TestRooms.on(settings)) {
            new Erp(rooms).send(2);
            seal(rooms);
            assertThat(new Erp(rooms).changes(cursor).changes()).hasSize(1);
        }
    }

    @Test
    void aDatabaseThatIsThereIsNotReplacedUnlessAskedAndThenMovedAside() throws IOException {
        TestDatabases.Settings settings = database("live");
        Path zip = small(settings);
        Path file = folder.resolve("live/crm.mv.db");
        byte[] before = Files.readAllBytes(file);

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> restore(zip, settings, false))
                .withMessageStartingWith("There is a database already: " + file)
                .withMessageContaining("--replace");
        assertThat(file).hasBinaryContent(before);

        restore(zip, settings, true);

        try (Stream<Path> files = Files.list(folder.resolve("live"))) {
            assertThat(files.filter(one -> one.getFileName().toString().startsWith("crm.replaced-"))
                            .toList())
                    .singleElement()
                    .satisfies(aside -> assertThat(aside).hasBinaryContent(before));
        }
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void aDatabaseInUseIsNotReplaced() {
        TestDatabases.Settings settings = database("live");
        Path zip = small(settings);
        try (Database inUse = TestDatabases.open(settings)) {
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> restore(zip, settings, true))
                    .withMessageContaining("open in another process");
            assertThat(inUse.reachable()).isTrue();
        }
    }

    @Test
    void whatCannotBeNotedIsNotPutBack() throws IOException {
        TestDatabases.Settings settings = database("live");
        Path zip = small(settings);
        byte[] before = Files.readAllBytes(folder.resolve("live/crm.mv.db"));

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> new Restore(settings, "", Clock.systemUTC())
                        .read(
                                zip,
                                true,
                                (database, copy) -> {
                                    throw new OperatorError("no room for the checkpoint");
                                },
                                SILENT));

        assertThat(folder.resolve("live/crm.mv.db")).hasBinaryContent(before);
    }

    @Test
    void aDatabaseThatWasTakenIntoUseMeanwhileIsNotReplaced() {
        TestDatabases.Settings settings = database("live");
        Path zip = small(settings);
        List<Database> started = new ArrayList<>();
        try {
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> new Restore(settings, "", Clock.systemUTC())
                            .read(zip, true, (database, copy) -> {}, line -> {
                                if (started.isEmpty()) {
                                    started.add(TestDatabases.open(settings));
                                }
                            }))
                    .withMessageContaining("open in another process");
            assertThat(started.get(0).reachable()).isTrue();
        } finally {
            started.forEach(Database::close);
        }
    }

    @Test
    void aBackupIsForItsOwnerOnlyAndOverwritesNothing() throws IOException {
        TestDatabases.Settings settings = database("live");
        Path zip = small(settings);
        byte[] before = Files.readAllBytes(zip);
        assertThat(mode(zip)).isEqualTo("rw-------");

        try (Database database = TestDatabases.open(settings)) {
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> backup(settings, database, zip))
                    .withMessageContaining("is there already");
        }
        assertThat(zip).hasBinaryContent(before);
    }

    @Test
    void aBackupThatFailsLeavesNothing() throws IOException {
        TestDatabases.Settings settings = database("live");
        Path zip = Files.createDirectory(folder.resolve("backups")).resolve("backup.zip");
        Backup backup = new Backup(settings, "");

        assertThatExceptionOfType(OperatorError.class).isThrownBy(() -> backup.write(zip, part -> {}, SILENT));
        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> backup.write(
                        zip,
                        part -> {
                            throw new OperatorError("interrupted");
                        },
                        SILENT));

        assertThat(zip.getParent()).isEmptyDirectory();
    }

    @Test
    void aDatabaseWhoseTrailWasChangedMakesNoGoodBackup() {
        TestDatabases.Settings settings = database("live");
        small(settings);
        try (Database database = TestDatabases.open(settings)) {
            database.inTransaction(tx -> tx.handle().execute("DELETE FROM audit_entry WHERE position = 2"));
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> backup(settings, database, folder.resolve("other.zip")))
                    .withMessageContaining("in the audit trail, entry 2 is missing");
        }
    }

    @Test
    void aBackupThatIsCutOffOrChangedIsRefused() throws IOException {
        TestDatabases.Settings settings = database("live");
        byte[] whole = Files.readAllBytes(small(settings));
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        for (byte[] bytes : List.of(Arrays.copyOf(whole, whole.length / 2), changed, new byte[0])) {
            Path broken = Files.write(folder.resolve("broken.zip"), bytes);
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> restore(broken, database("elsewhere"), false))
                    .withMessageContaining("is no whole export of a gateway");
            assertThat(folder.resolve("elsewhere/crm.mv.db")).doesNotExist();
        }
    }

    @Test
    void aBackupThatIsNotWhatItSaysIsRefused() throws IOException {
        Path zip = small(database("live"));
        edit(zip, "summary.json", "\"EUR\":", "\"EUR\":1");

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> restore(zip, database("elsewhere"), false))
                .withMessageContaining("order totals are EUR 6");
        assertThat(folder.resolve("elsewhere/crm.mv.db")).doesNotExist();
    }

    @Test
    void aBackupOfANewerSchemaIsRefusedAndOfAnOlderOneBroughtUpToDate() throws IOException {
        TestDatabases.Settings settings = database("live");
        Path newer = small(settings);
        edit(newer, "export.json", "\"schema\":9", "\"schema\":9000");
        Path older = folder.resolve("older.zip");
        try (Database database = TestDatabases.open(settings)) {
            database.inTransaction(tx -> tx.handle().execute("DROP TABLE import_run"));
            database.inTransaction(tx -> tx.handle().execute("DELETE FROM schema_history WHERE version = '9'"));
            backup(settings, database, older);
        }

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> restore(newer, database("newer"), false))
                .withMessageContaining("The schema 9000 is of a newer gateway");
        assertThat(folder.resolve("newer/crm.mv.db")).doesNotExist();

        restore(older, database("older"), false);
        try (Database database = Database.open(database("older"), "")) {
            assertThat(database.migrations().pending()).isEmpty();
            assertThat(count(database, "sales_order")).isEqualTo(3);
        }
    }

    @Test
    void postgresqlIsBackedUpByItsOwnTools() {
        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> new Backup(TestDatabases.postgres(), "")
                        .write(folder.resolve("backup.zip"), part -> {}, SILENT))
                .withMessageContaining("docs/operations.md");
    }

    private TestDatabases.Settings database(String name) {
        return TestDatabases.h2File(folder.resolve(name));
    }

    /** A backup of three orders. */
    private Path small(TestDatabases.Settings settings) {
        Path zip = folder.resolve("small.zip");
        try (TestRooms rooms = TestRooms.on(settings)) {
            Erp.on(rooms).send(1, 3);
            seal(rooms);
            backup(settings, rooms.database(), zip);
        }
        return zip;
    }

    static void seal(TestRooms rooms) {
        rooms.sealer().seal();
        new AuditSealer(rooms.database()).seal();
    }

    static Verification backup(TestDatabases.Settings settings, Database database, Path zip) {
        return new Backup(settings, "")
                .write(zip, file -> new Export(database, Clock.systemUTC()).write(file, SILENT), SILENT);
    }

    private static Verification restore(Path zip, TestDatabases.Settings settings, boolean replace) {
        return new Restore(settings, "", Clock.systemUTC()).read(zip, replace, (database, copy) -> {}, SILENT);
    }

    private void note(TestDatabases.Settings settings, boolean keepCursors) {
        try (Database database = Database.open(settings, "")) {
            new Restoration(database, folder.resolve("checkpoints"), new EchoSigner(), Clock.systemUTC())
                    .note(Clock.systemUTC().instant(), keepCursors);
        }
    }

    /** Changes the first place in a file of the archive that reads so. */
    static void edit(Path zip, String name, String from, String to) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of())) {
            Path entry = inside.getPath(name);
            Files.writeString(
                    entry, Files.readString(entry).replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static int count(Database database, String table) {
        return database.reading(tx -> tx.handle()
                .createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }
}
