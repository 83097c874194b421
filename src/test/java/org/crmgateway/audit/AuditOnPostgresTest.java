package org.crmgateway.audit;

import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;

final class AuditOnPostgresTest implements AuditBehaviour {
    private final Database database = TestDatabases.open(TestDatabases.postgres());

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public Database database() {
        return database;
    }
}
