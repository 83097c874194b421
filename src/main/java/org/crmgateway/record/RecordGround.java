package org.crmgateway.record;

import java.time.Clock;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.database.Database;
import org.crmgateway.idempotency.Idempotency;

/** What the frame stands on, the same for every kind of record. */
public record RecordGround(
        Database database,
        Idempotency idempotency,
        ChangeLog changes,
        AuditTrail audit,
        RecordIds ids,
        Cursors cursors,
        Clock clock) {}
