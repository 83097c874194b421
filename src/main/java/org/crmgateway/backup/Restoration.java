package org.crmgateway.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.crmgateway.audit.AuditEvent;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.audit.Checkpoints;
import org.crmgateway.audit.Signer;
import org.crmgateway.database.Database;
import org.crmgateway.record.SecretTable;

/** What must be said once an earlier state of the database was put back, before any gateway runs on it. */
public final class Restoration {
    private final Database database;
    private final Path checkpoints;
    private final Signer signer;
    private final Clock clock;

    /** @param checkpoints of the audit trail, which may know more than the database does now */
    public Restoration(Database database, Path checkpoints, Signer signer, Clock clock) {
        this.database = database;
        this.checkpoints = checkpoints;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * Notes it in the audit trail and, signed, beside it.
     *
     * @param state the time of the state that was put back
     * @param cursors whether cursors stay valid: only when nothing was lost. Else positions that were given before are
     *     given again, to other changes, and a partner that had read further would miss them.
     */
    public void note(Instant state, boolean cursors) {
        new Checkpoints(checkpoints, database, signer, clock).appendRestored();
        database.inTransaction(tx -> {
            new AuditTrail(clock).append(tx, AuditEvent.RESTORED, state);
            if (!cursors) {
                new SecretTable().forgetCursorKey(tx);
            }
            return state;
        });
    }
}
