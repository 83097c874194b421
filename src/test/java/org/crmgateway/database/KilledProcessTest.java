package org.crmgateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process that is killed leaves behind is the database's file as the operating system holds it at that moment. A copy of it
 * must hold each commit that had returned by then. H2 2.5.252 fails this test (docs/decisions/0010).
 */
final class KilledProcessTest {
    private static final int COMMITS = 2_000;
    private static final int COPIED_EACH = 13;

    @TempDir
    private Path folder;

    @Test
    void everyCommitIsInTheFileWhenItReturns() throws IOException {
        try (Database database = open("running")) {
            database.inTransaction(tx ->
                    tx.handle().execute("CREATE TABLE row_committed (number INT PRIMARY KEY, filler VARCHAR(1000))"));
            for (int number = 1; number <= COMMITS; number++) {
                int committed = number;
                database.inTransaction(tx -> tx.handle()
                        .createUpdate("INSERT INTO row_committed VALUES (:number, :filler)")
                        .bind("number", committed)
                        .bind("filler", "x".repeat(600))
                        .execute());
                if (number % COPIED_EACH == 0) {
                    assertThat(committedInCopy()).isEqualTo(number);
                }
            }
        }
    }

    private int committedInCopy() throws IOException {
        Path copy = folder.resolve("copy/crm.mv.db");
        Files.createDirectories(copy.getParent());
        Files.deleteIfExists(copy);
        Files.copy(folder.resolve("running/crm.mv.db"), copy);
        try (Database database = open("copy")) {
            return database.inTransaction(tx -> tx.handle()
                    .createQuery("SELECT COUNT(*) FROM row_committed")
                    .mapTo(Integer.class)
                    .one());
        }
    }

    /** Space of replaced pages is used again at once, as it is after 45 seconds otherwise. */
    private Database open(String name) {
        TestDatabases.Settings file = TestDatabases.h2File(folder.resolve(name));
        return Database.open(new TestDatabases.Settings(file.url() + ";RETENTION_TIME=0", file.user()), "");
    }
}
