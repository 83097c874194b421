package org.crmgateway.audit;

/** An entry as it is stored, with the seal it was given. */
record SealedEntry(Seal seal, AuditEntry entry) {}
