package org.crmgateway.audit;

import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;

final class AuditOnH2Test implements AuditBehaviour {
    private final Database database = TestDatabases.open(TestDatabases.h2());

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public Database database() {
        return database;
    }
}
