package org.crmgateway.audit;

import java.util.List;
import java.util.Optional;

/**
 * What {@link AuditVerifier} found.
 *
 * @param entries how many entries follow each other unbroken from the first
 * @param checkpoints how many checkpoints they agree with
 * @param lost what checkpoints know of entries that went when an earlier state of the database was put back; a sentence each
 * @param broken what is wrong first, in words; empty when nothing is
 */
public record AuditVerdict(long entries, int checkpoints, List<String> lost, Optional<String> broken) {}
