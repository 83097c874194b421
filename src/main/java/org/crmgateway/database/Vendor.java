package org.crmgateway.database;

/** The two databases; SQL that must differ stands beside its twin in the table that needs it. */
public enum Vendor {
    H2,
    POSTGRESQL;

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
