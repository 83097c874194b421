package org.crmgateway.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.audit.AuditVerifier;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.record.TestRooms;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything moves from one database to another, whatever their products, and work goes on there. */
final class MoveTest {
    private static final Progress SILENT = line -> {};

    @TempDir
    Path folder;

    @Test
    void anInstallationMovesFromH2ToPostgresqlAndBackAndGoesOn() {
        TestDatabases.Settings postgres = TestDatabases.postgres();
        TestDatabases.Settings h2 = TestDatabases.h2();
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        String cursor;
        try (TestRooms rooms = TestRooms.on(TestDatabases.h2())) {
            Erp erp = Erp.on(rooms);
            erp.send(1, 1_200);
            registry(rooms.database())
                    .replace(Map.of(
                            PartnerDraft.named("oslo")
                                    .dialects(Dialect.MODERN)
                                    .certificates(new KeyMaker(Clock.systemUTC())
                                            .make("oslo", Duration.ofDays(9))
                                            .certificate())
                                    .partner(),
                            Digest.of(new byte[1])));
            BackupTest.seal(rooms);
            cursor = erp.changes("NOW").nextCursor();
            // Committed, and not sealed yet when it is exported.
            erp.send(1_201, 1_300);
            export(rooms.database(), first);
        }

        Summary moved;
        try (TestRooms rooms = TestRooms.on(imported(first, postgres))) {
            Erp erp = new Erp(rooms);
            assertThat(registry(rooms.database()).named("oslo").orElseThrow().certificates())
                    .hasSize(1);
            assertThat(erp.send(7).replayed()).isTrue();
            BackupTest.seal(rooms);
            assertThat(erp.changes(cursor).changes()).hasSize(100);
            assertThat(erp.send(1_301).replayed()).isFalse();
            BackupTest.seal(rooms);
            assertThat(AuditVerifier.chain(rooms.database()).broken()).isEmpty();
            moved = export(rooms.database(), second);
        }

        try (TestRooms rooms = TestRooms.on(imported(second, h2))) {
            Summary back = Reading.of(rooms.database(), SILENT);
            // One audit entry says that it was imported; all else is the same.
            assertThat(back.differences(moved)).singleElement().asString().startsWith("audit_entry has ");
            assertThat(back.orderTotals()).isEqualTo(moved.orderTotals()).containsOnlyKeys("EUR");
            assertThat(new Erp(rooms).send(1_301).replayed()).isTrue();
            assertThat(new Erp(rooms).send(1_302).replayed()).isFalse();
            BackupTest.seal(rooms);
            assertThat(AuditVerifier.chain(rooms.database()).broken()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    void anExportUnderLoadIsOfOneMoment(String vendor) {
        TestDatabases.Settings settings = vendor.equals("H2") ? TestDatabases.h2() : TestDatabases.postgres();
        try (TestRooms rooms = TestRooms.on(settings)) {
            Erp erp = Erp.on(rooms);
            erp.send(1, 2_000);
            for (int round = 1; round <= 3; round++) {
                int before;
                Summary summary;
                try (Erp.Load load = new Erp.Load(erp, round * 10_000)) {
                    while (load.acknowledged() < round * 10_000 + 50) {
                        Thread.onSpinWait();
                    }
                    before = load.acknowledged();
                    summary = export(rooms.database(), folder.resolve(round + ".zip"));
                    assertThat(load.acknowledged()).isGreaterThan(before);
                }
                long orders = summary.rows("sales_order");
                assertThat(orders).isGreaterThanOrEqualTo(2_000 + 50);
                assertThat(summary.rows("external_id")).isEqualTo(orders + 5);
                assertThat(summary.rows("change_entry")).isEqualTo(orders + 5);
                assertThat(summary.rows("idempotency_key")).isEqualTo(orders + 5);
            }
        }
    }

    @Test
    void nothingIsImportedIntoADatabaseThatHoldsSomething() {
        Path file = small();
        try (TestRooms rooms = TestRooms.on(TestDatabases.h2())) {
            Erp.on(rooms).send(1);
            Summary before = Reading.of(rooms.database(), SILENT);

            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> read(rooms.database(), file, true))
                    .withMessageContaining("The database is not empty");

            assertThat(Reading.of(rooms.database(), SILENT)).isEqualTo(before);
            UnfinishedImport.refuse(rooms.database());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    void anUnfinishedImportIsSaidToBeAndCanBeginAgain(String vendor) throws IOException {
        Path whole = small();
        Path broken = Files.copy(whole, folder.resolve("broken.zip"));
        BackupTest.edit(broken, "audit_entry.jsonl", "\"event\":\"created\"", "\"event\":\"deleted\"");
        try (Database database =
                TestDatabases.open(vendor.equals("H2") ? TestDatabases.h2() : TestDatabases.postgres())) {
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> read(database, broken, false))
                    .withMessageContaining("audit_entry.jsonl is not what was written");
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> UnfinishedImport.refuse(database))
                    .withMessageStartingWith("The database holds an unfinished import of broken.zip");
            assertThatExceptionOfType(OperatorError.class)
                    .isThrownBy(() -> read(database, whole, false))
                    .withMessageContaining("--again");

            read(database, whole, true);

            UnfinishedImport.refuse(database);
        }
    }

    @Test
    void whatIsNoExportOrIsCutOffOrNewerIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path whole = small();
        Path newer = Files.copy(whole, folder.resolve("newer.zip"));
        BackupTest.edit(newer, "export.json", "\"version\":1", "\"version\":2");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length - 30));
        Path other = Files.writeString(folder.resolve("other.zip"), "nothing");
        try (Database database = TestDatabases.open(TestDatabases.h2())) {
            for (Path file : List.of(newer, cut, other, folder.resolve("none.zip"))) {
                assertThatExceptionOfType(OperatorError.class).isThrownBy(() -> read(database, file, false));
                UnfinishedImport.refuse(database);
            }
        }
    }

    @Test
    void anExportIsForItsOwnerOnlyAndOverwritesNothing() throws IOException {
        Path file = small();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(file);
        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(this::small)
                .withMessageContaining("is there already");
        assertThat(file).hasBinaryContent(before);
    }

    private Path small() {
        Path file = folder.resolve("small.zip");
        try (TestRooms rooms = TestRooms.on(TestDatabases.h2())) {
            Erp.on(rooms).send(1, 3);
            BackupTest.seal(rooms);
            export(rooms.database(), file);
        }
        return file;
    }

    private static Summary export(Database database, Path file) {
        return new Export(database, Clock.systemUTC()).write(file, SILENT);
    }

    private static Summary read(Database database, Path file, boolean again) {
        return new Import(database, Clock.systemUTC()).read(file, again, SILENT);
    }

    private static Database imported(Path file, TestDatabases.Settings settings) {
        Database database = TestDatabases.open(settings);
        read(database, file, false);
        return database;
    }

    private static Registry registry(Database database) {
        return new Registry(database, new AuditTrail(Clock.systemUTC()), Clock.systemUTC());
    }
}
