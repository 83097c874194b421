package org.crmgateway.database;

/** The two databases; SQL that must differ stands beside its twin in the table that needs it. */
public enum Vendor {
    H2,
    POSTGRESQL;

    static Vendor of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : H2;
    }
}
