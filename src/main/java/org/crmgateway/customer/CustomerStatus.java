package org.crmgateway.customer;

/** Whether a customer may order. */
public enum CustomerStatus {
    ACTIVE,
    /** No new orders; the running ones go on. */
    BLOCKED,
    /** The relation has ended. */
    CLOSED
}
