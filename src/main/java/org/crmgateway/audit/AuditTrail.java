package org.crmgateway.audit;

import java.time.Clock;
import java.time.Instant;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;

/** Append-only: who did what to which record. Holds no personal data. */
public final class AuditTrail {
    private final AuditTable table = new AuditTable();
    private final Clock clock;

    public AuditTrail(Clock clock) {
        this.clock = clock;
    }

    /**
     * Notes one effect of a call; it is there exactly when the effect is.
     *
     * @param event what was done
     * @param kind of what, e.g. {@code customer}
     * @param version the record's version afterwards
     */
    public void append(Tx tx, Call call, AuditEvent event, String kind, String recordId, int version) {
        note(
                tx,
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
     * Notes what became of a call that had no effect on any record; its own id stands for one.
     */
    public void append(Tx tx, Call call, AuditEvent event) {
        append(tx, call, event, "call", call.id().value(), 0);
    }

    /**
     * Notes what the operator did to a partner. No message stands behind it, so its call id is {@code OPERATOR}.
     *
     * @param version the partner's version afterwards
     */
    public void append(Tx tx, String tenant, String partner, AuditEvent event, int version) {
        note(tx, "OPERATOR", tenant, partner, "partner", event, "partner", partner, version);
    }

    /**
     * Notes that the operator put a copy of the whole database here; {@code OPERATOR}'s too.
     *
     * @param made when the copy was made
     */
    public void append(Tx tx, AuditEvent event, Instant made) {
        note(tx, "OPERATOR", "-", "-", "database", event, "database", made.toString(), 0);
    }

    private void note(
            Tx tx,
            String callId,
            String tenant,
            String partner,
            String operation,
            AuditEvent event,
            String kind,
            String recordId,
            int version) {
        table.insert(
                tx,
                new AuditEntry(
                        clock.instant(),
                        callId,
                        tenant,
                        partner,
                        operation,
                        event.label(),
                        kind,
                        recordId,
                        version,
                        "",
                        "",
                        1));
    }
}
