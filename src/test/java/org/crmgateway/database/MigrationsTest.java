package org.crmgateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private void migratedBy(String description) {
        database.inTransaction(tx ->
                tx.handle().createUpdate("""
                        INSERT INTO schema_history (installed_rank, version, description, type, script, checksum,
                                                    installed_by, execution_time, success)
                        VALUES (999, '999', :description, 'SQL', 'V999.sql', 1, 'crm', 1, TRUE)""").bind("description", description).execute());
    }
}
