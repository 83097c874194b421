package org.crmgateway.customer;

/** What a customer is. */
public enum CustomerKind {
    ORGANIZATION,
    PERSON
}
