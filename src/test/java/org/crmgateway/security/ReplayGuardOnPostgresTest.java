package org.crmgateway.security;

import org.crmgateway.database.TestDatabases;

final class ReplayGuardOnPostgresTest implements ReplayGuardBehaviour {
    @Override
    public TestDatabases.Settings settings() {
        return TestDatabases.postgres();
    }
}
