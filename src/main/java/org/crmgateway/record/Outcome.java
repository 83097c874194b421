package org.crmgateway.record;

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

    /** The event a reader of the change feed sees. */
    String event() {
        return switch (this) {
            case CREATED, DELETED, UNDELETED -> wireName;
            case UPDATED, STATUS_CHANGED, CANCELLED, UNCHANGED, FAILED, NOT_APPLIED -> UPDATED.wireName;
        };
    }
}
