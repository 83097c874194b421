package org.crmgateway.security;

import org.crmgateway.database.TestDatabases;

final class ReplayGuardOnH2Test implements ReplayGuardBehaviour {
    @Override
    public TestDatabases.Settings settings() {
        return TestDatabases.h2();
    }
}
