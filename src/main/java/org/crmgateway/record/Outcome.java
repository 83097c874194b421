package org.crmgateway.record;

import org.crmgateway.audit.AuditEvent;

/** What a write did. */
public enum Outcome {
    CREATED("created"),
    UPDATED("updated"),
    UNCHANGED("unchanged"),
    DELETED("deleted"),
    UNDELETED("undeleted"),
    STATUS_CHANGED("statusChanged"),
    CANCELLED("cancelled"),
    FAILED("failed"),
    NOT_APPLIED("notApplied");

    private final String wireName;

    Outcome(String wireName) {
        this.wireName = wireName;
    }

    /** The outcome's name in the contract. */
    public String wireName() {
        return wireName;
    }

    /** @throws IllegalStateException when nothing was done */
    AuditEvent audited() {
        return switch (this) {
            case CREATED -> AuditEvent.CREATED;
            case UPDATED -> AuditEvent.UPDATED;
            case DELETED -> AuditEvent.DELETED;
            case UNDELETED -> AuditEvent.UNDELETED;
            case STATUS_CHANGED -> AuditEvent.STATUS_CHANGED;
            case CANCELLED -> AuditEvent.CANCELLED;
            case UNCHANGED, FAILED, NOT_APPLIED -> throw new IllegalStateException(wireName + " is no deed");
        };
    }

    /** The event a reader of the change feed sees. */
    String event() {
        return switch (this) {
            case CREATED, DELETED, UNDELETED -> wireName;
            case UPDATED, STATUS_CHANGED, CANCELLED, UNCHANGED, FAILED, NOT_APPLIED -> UPDATED.wireName;
        };
    }
}
