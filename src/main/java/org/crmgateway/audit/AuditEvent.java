package org.crmgateway.audit;

/** Everything that is noted in the trail; {@code docs/audit-events.md} describes each. */
public enum AuditEvent {
    CREATED("created"),
    UPDATED("updated"),
    STATUS_CHANGED("statusChanged"),
    CANCELLED("cancelled"),
    DELETED("deleted"),
    UNDELETED("undeleted"),
    NAMED("named"),
    REPLAYED("replayed"),
    REFUSED("refused"),
    APPLIED("applied"),
    SUSPENDED("suspended"),
    RESUMED("resumed"),
    REVOKED("revoked"),
    RESTORED("restored"),
    IMPORTED("imported");

    private final String label;

    AuditEvent(String label) {
        this.label = label;
    }

    /** Its name in the table. */
    public String label() {
        return label;
    }
}
