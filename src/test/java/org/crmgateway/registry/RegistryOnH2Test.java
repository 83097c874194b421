package org.crmgateway.registry;

import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;

final class RegistryOnH2Test implements RegistryBehaviour {
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
