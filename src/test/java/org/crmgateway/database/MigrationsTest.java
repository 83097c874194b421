package org.crmgateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.crmgateway.failure.OperatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that a newer program has migrated. */
final class MigrationsTest {
    private final Database database = TestDatabases.open(TestDatabases.h2());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSchemaThatWasOnlyAddedToIsAccepted() {
        migratedBy("expand with a column");

        assertThat(database.migrations().apply()).isEmpty();
        assertThat(database.migrations().pending()).isEmpty();
    }

    @Test
    void anyOtherIsRefused() {
        migratedBy("contract");

        assertThatThrownBy(() -> database.migrations().apply())
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("newer gateway (migration 999)");
    }

    /** Two gateways that begin at once on a new server. */
    @Test
    void programsThatMigrateAtOnceWaitForOneAnother() throws Exception {
        TestDatabases.Settings empty = TestDatabases.postgres();
        ExecutorService programs = Executors.newFixedThreadPool(2);
        try (Database one = Database.open(empty, "");
                Database other = Database.open(empty, "")) {
            List<Callable<List<String>>> both = List.of(
                    () -> one.migrations().apply(), () -> other.migrations().apply());
            for (Future<List<String>> program : programs.invokeAll(both)) {
                program.get();
            }

            assertThat(one.migrations().pending()).isEmpty();
            assertThat(one.<Integer>reading(tx -> tx.handle()
                            .createQuery("SELECT COUNT(*) - COUNT(DISTINCT version) FROM schema_history")
                            .mapTo(Integer.class)
                            .one()))
                    .isZero();
        } finally {
            programs.shutdownNow();
        }
    }

    private void migratedBy(String description) {
        database.inTransaction(tx ->
                tx.handle().createUpdate("""
                        INSERT INTO schema_history (installed_rank, version, description, type, script, checksum,
                                                    installed_by, execution_time, success)
                        VALUES (999, '999', :description, 'SQL', 'V999.sql', 1, 'crm', 1, TRUE)""").bind("description", description).execute());
    }
}
