package org.crmgateway.database;

import java.sql.Connection;

/** The two databases; SQL that must differ stands beside its twin in the table that needs it. */
public enum Vendor {
    H2,
    POSTGRESQL;

    /** H2's SNAPSHOT, which JDBC has no number for; its REPEATABLE READ lets later rows through. */
    private static final int H2_SNAPSHOT = 6;

    /** The isolation, as JDBC counts them, at which a transaction sees all tables as they were at its first statement. */
    int snapshotIsolation() {
        return switch (this) {
            case H2 -> H2_SNAPSHOT;
            case POSTGRESQL -> Connection.TRANSACTION_REPEATABLE_READ;
        };
    }

    /**
     * Ends the subquery of a DELETE that is one of several alike: rows that another node deletes just now are left to it. H2 has
     * one node, and finds no rows with such an ending.
     */
    public String leavingLocked() {
        return switch (this) {
            case H2 -> "";
            case POSTGRESQL -> " FOR UPDATE SKIP LOCKED";
        };
    }

    static Vendor of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : H2;
    }
}
