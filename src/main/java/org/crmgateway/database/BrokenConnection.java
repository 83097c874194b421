package org.crmgateway.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Takes connections of H2 out of the pool that its own list of states does not know: H2 closes itself when it cannot write, and
 * opens again with the next new connection. Made by the pool, by its name.
 */
public final class BrokenConnection implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException error) {
        return SqlFailures.lost(error) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
