package org.crmgateway.backup;

import java.util.Optional;
import org.crmgateway.audit.AuditVerdict;
import org.crmgateway.audit.AuditVerifier;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;

/** Whether a copy is whole: every row can be read, the changes have no gap, the audit trail is chained to its end. */
record Verification(Summary summary, long changes, long auditEntries) {
    /** @throws OperatorError when it is not */
    static Verification of(Database copy, Progress progress) {
        Summary summary = Reading.of(copy, Reading.Sink.NOWHERE, progress);
        ChangeLog changes = new ChangeLog();
        if (!copy.reading(changes::complete)) {
            throw broken("changes are missing");
        }
        AuditVerdict audit = AuditVerifier.chain(copy);
        Optional<String> why = audit.broken();
        if (why.isPresent()) {
            throw broken("in the audit trail, " + why.get());
        }
        return new Verification(summary, copy.reading(changes::sealed), audit.entries());
    }

    private static OperatorError broken(String what) {
        return new OperatorError("The copy is not whole: " + what
                + ". If the database is so too, ./crm-gateway audit verify says it. Else make another backup.");
    }
}
