package org.crmgateway.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.crmgateway.database.Database;
import org.crmgateway.fault.Checker;

/** What must hold between the tables of a gateway at any one moment, whatever happened before. */
final class Consistency {
    private Consistency() {}

    static void check(Database database) {
        assertThat(Checker.ledgers(database)).isEmpty();
        List<String> orders = ids(database, "SELECT id FROM sales_order ORDER BY id");
        List<String> named = ids(database, "SELECT record_id FROM external_id WHERE kind = 'order' ORDER BY record_id");
        assertThat(named.equals(orders)).as("each order has one external id").isTrue();
    }

    private static List<String> ids(Database database, String query) {
        return database.reading(
                tx -> tx.handle().createQuery(query).mapTo(String.class).list());
    }
}
