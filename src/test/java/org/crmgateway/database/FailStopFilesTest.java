package org.crmgateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.fault.Faults;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk that fails for one write, as a full one does for one that needs more room than the next. */
final class FailStopFilesTest {
    private static final int ROUNDS = Faults.many(40, 2_000);
    private static final int WRITERS = 8;
    private static final int ROWS = 20;
    /** As many as the pool has connections, and some. */
    private static final int ATTEMPTS = 50;

    @TempDir
    private Path folder;

    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void register() {
        FilePath.register(new BrokenDisk());
    }

    @Test
    void nothingIsWrittenAfterAWriteThatFailed() throws IOException {
        FilePath path = new FailStopFiles().wrap(FilePath.get("broken:" + folder.resolve("file")));
        try (FileChannel file = path.open("rw")) {
            file.write(ByteBuffer.allocate(8), 0);
            BrokenDisk.failing.set(true);
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(8), 8)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> file.write(ByteBuffer.wrap(new byte[] {1}), 0))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(IOException.class);
            assertThat(file.read(ByteBuffer.allocate(8), 0)).isEqualTo(8);
        }
        assertThat(Files.readAllBytes(folder.resolve("file"))).isEqualTo(new byte[8]);
        try (FileChannel again = path.open("rw")) {
            assertThat(again.write(ByteBuffer.allocate(8), 8)).isEqualTo(8);
        }
    }

    /** With H2 alone it fails in one of some thousand rounds, which are its long form. */
    @Test
    void whatWasAcknowledgedBeforeAWriteFailedIsThereAfterwards() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (Database database = Database.open(
                new TestDatabases.Settings("jdbc:h2:file:broken:" + folder.resolve("crm") + ";RETENTION_TIME=0", "crm"),
                "")) {
            database.inTransaction(tx ->
                    tx.handle().execute("CREATE TABLE row_written (number INT PRIMARY KEY, filler VARCHAR(2000))"));
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<?>> written = IntStream.range(0, WRITERS)
                        .<Future<?>>mapToObj(writer -> writers.submit(() -> writeUntilRefused(database)))
                        .toList();
                for (Future<?> writer : written) {
                    writer.get();
                }
                BrokenDisk.failing.set(false);
                Set<Integer> there = again(() -> database.reading(tx -> tx.handle()
                        .createQuery("SELECT number FROM row_written")
                        .mapTo(Integer.class)
                        .set()));
                assertThat(there).containsAll(acknowledged);
                acknowledged.clear();
                // Leaves gaps in the file.
                again(() -> database.inTransaction(tx -> tx.handle().execute("DELETE FROM row_written")));
            }
        } finally {
            writers.shutdownNow();
        }
    }

    private void writeUntilRefused(Database database) {
        try {
            for (int row = 1; row <= ROWS; row++) {
                int number = numbers.incrementAndGet();
                BrokenDisk.failing.compareAndSet(false, number % (WRITERS * ROWS / 2) == 0);
                database.inTransaction(tx -> tx.handle()
                        .createUpdate("INSERT INTO row_written VALUES (:number, :filler)")
                        .bind("number", number)
                        .bind("filler", "x".repeat(2_000))
                        .execute());
                acknowledged.add(number);
            }
        } catch (Failure e) {
            assertThat(e.code()).isIn(Code.OVERLOADED, Code.INTERNAL_ERROR);
        }
    }

    /** H2 opens itself again; who comes in between, or gets a connection of before, is refused. */
    private static <T> T again(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (Failure e) {
                assertThat(attempt).as(e.toString()).isLessThan(ATTEMPTS);
            }
        }
    }

    /** Made by H2, for each file. */
    public static final class BrokenDisk extends FilePathWrapper {
        private static final AtomicBoolean failing = new AtomicBoolean();

        @Override
        public String getScheme() {
            return "broken";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new BrokenFile(getBase().open(mode), () -> failing.getAndSet(false));
        }
    }
}
