package org.crmgateway.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.crmgateway.database.Database;
import org.crmgateway.database.LongWork;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.FaultReport;
import org.crmgateway.fault.Faults;
import org.crmgateway.record.TestRooms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Backup under load, loss, restore, resend, and the move to PostgreSQL, one after the other on the same orders. */
final class RestoreDrillTest {
    private static final Progress SILENT = line -> {};

    @TempDir
    Path folder;

    @Test
    void aDrillEndsWithWhatItBeganWith() throws IOException {
        drill(2_000, 100);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void aDrillWithAHundredThousandOrdersEndsWithWhatItBeganWith() throws IOException {
        drill(100_000, 1_000);
    }

    private void drill(int orders, int lost) throws IOException {
        TestDatabases.Settings live = TestDatabases.h2File(folder.resolve("live"));
        Path zip = folder.resolve("backup.zip");
        try (TestRooms rooms = TestRooms.on(live)) {
            Erp erp = Erp.on(rooms);
            erp.fill(orders);
            BackupTest.seal(rooms);
            Timed<Verification> made = Timed.of(() -> BackupTest.backup(live, rooms.database(), zip));
            Timed<Summary> read = Timed.of(() -> Reading.of(rooms.database(), SILENT));
            assertThat(made.result().summary()).isEqualTo(read.result());
            FaultReport.line(
                    "B-52",
                    "backup of " + made.result().summary().rows("sales_order") + " orders without load",
                    made.seconds() + ", " + megabytes(zip) + " from " + megabytes(folder.resolve("live/crm.mv.db")),
                    "counts, totals and checksums equal",
                    true);
            erp.send(1_000_001, 1_000_000 + lost);
            BackupTest.seal(rooms);
        }
        Summary before = restored(live, zip);
        resent(live, before, lost);
        moved(live);
    }

    /** B-50 on H2. */
    private Summary restored(TestDatabases.Settings live, Path zip) {
        Timed<Verification> restore = Timed.of(
                () -> new Restore(live, "", Clock.systemUTC()).read(zip, true, (database, copy) -> {}, SILENT));
        try (Database database = TestDatabases.open(live)) {
            Summary found = Reading.of(database, SILENT);
            assertThat(found).isEqualTo(restore.result().summary());
            Consistency.check(database);
            FaultReport.line(
                    "B-50",
                    "restore of " + found.rows("sales_order") + " orders (H2)",
                    restore.seconds() + ", " + found.rows() + " rows",
                    "counts, totals and checksums equal, consistent",
                    true);
            return found;
        }
    }

    private static void resent(TestDatabases.Settings live, Summary before, int lost) {
        try (TestRooms rooms = TestRooms.on(live)) {
            Erp erp = new Erp(rooms);
            Timed<Integer> sent = Timed.of(() -> {
                erp.send(1_000_001, 1_000_000 + lost);
                erp.send(1_000_001, 1_000_000 + lost);
                return lost;
            });
            BackupTest.seal(rooms);
            Consistency.check(rooms.database());
            long doubled = Reading.of(rooms.database(), SILENT).rows("sales_order") - before.rows("sales_order") - lost;
            assertThat(doubled).isZero();
            FaultReport.line(
                    "B-51",
                    lost + " orders lost by a restore, each sent again twice",
                    "doubled or missing " + doubled + ", " + sent.seconds(),
                    "0",
                    true);
        }
    }

    private void moved(TestDatabases.Settings live) throws IOException {
        Path file = folder.resolve("export.zip");
        Timed<Summary> exported;
        try (Database database = TestDatabases.open(live)) {
            exported = Timed.of(() -> new Export(database, Clock.systemUTC()).write(file, SILENT));
        }
        TestDatabases.Settings postgres = TestDatabases.postgres();
        try (Database database = Database.open(LongWork.on(postgres), "")) {
            Timed<Summary> imported = Timed.of(() -> new Import(database, Clock.systemUTC()).read(file, false, SILENT));
            assertThat(imported.result()).isEqualTo(exported.result());
            FaultReport.line(
                    "B-MOVE",
                    "H2 to PostgreSQL, " + exported.result().rows("sales_order") + " orders",
                    "export " + exported.seconds() + ", " + megabytes(file) + ", import and comparison "
                            + imported.seconds() + ", " + imported.result().rows() + " rows, "
                            + imported.result().ordersText(),
                    "counts, totals and checksums equal",
                    true);
        }
        try (Database database = TestDatabases.open(postgres)) {
            Consistency.check(database);
        }
    }

    private static String megabytes(Path file) throws IOException {
        return String.format(Locale.ROOT, "%.1f MB", Files.size(file) / 1e6);
    }

    private record Timed<T>(T result, long nanos) {
        static <T> Timed<T> of(Supplier<T> work) {
            long start = System.nanoTime();
            T result = work.get();
            return new Timed<>(result, System.nanoTime() - start);
        }

        String seconds() {
            return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        }
    }
}
