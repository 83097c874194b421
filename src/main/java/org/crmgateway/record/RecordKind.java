package org.crmgateway.record;

import java.util.Locale;
import org.crmgateway.failure.Code;

/** The kinds of records. */
public enum RecordKind {
    CUSTOMER('C', Code.CUSTOMER_NOT_FOUND, Code.CUSTOMER_DELETED),
    ORDER('O', Code.ORDER_NOT_FOUND, Code.ORDER_NOT_FOUND);

    private final char initial;
    private final Code notFound;
    private final Code deleted;

    RecordKind(char initial, Code notFound, Code deleted) {
        this.initial = initial;
        this.notFound = notFound;
        this.deleted = deleted;
    }

    /** The first character of our ids. */
    char initial() {
        return initial;
    }

    Code notFound() {
        return notFound;
    }

    Code deleted() {
        return deleted;
    }

    /** The kind's name in the contract's paths and in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
