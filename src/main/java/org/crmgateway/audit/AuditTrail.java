package org.crmgateway.audit;

import java.time.Clock;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;

/** Append-only: who did what to which record. Holds no personal data. */
public final class AuditTrail {
    /** Stands where a partner's name would; no partner can have it. */
    private static final String OPERATOR = "OPERATOR";

    private final AuditTable table = new AuditTable();
    private final Clock clock;

    public AuditTrail(Clock clock) {
        this.clock = clock;
    }

    /**
     * Notes one effect of a call; it is there exactly when the effect is.
     *
     * @param event what was done, e.g. {@code created}
     * @param kind of what, e.g. {@code customer}
     * @param version the record's version afterwards
     */
    public void append(Tx tx, Call call, String event, String kind, String recordId, int version) {
        table.insert(
                tx,
                clock.instant(),
                call.id().value(),
                call.tenant(),
                call.partner().name(),
                call.operation().wireName(),
                event,
                kind,
                recordId,
                version);
    }

    /**
     * Notes what the operator did to a partner.
     *
     * @param event what was done, e.g. {@code suspended}
     */
    public void appendByOperator(Tx tx, String event, String tenant, String partner, int version) {
        table.insert(tx, clock.instant(), "", tenant, OPERATOR, "partner", event, "partner", partner, version);
    }
}
