package org.crmgateway.record;

import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class RecordsOnPostgresTest implements RecordsBehaviour, ExactlyOnceBehaviour, ChangesBehaviour {
    private static TestRooms rooms;

    @BeforeAll
    static void open() {
        rooms = TestRooms.on(TestDatabases.postgres());
    }

    @AfterAll
    static void close() {
        rooms.close();
    }

    @Override
    public TestRooms rooms() {
        return rooms.forNewTenant();
    }
}
