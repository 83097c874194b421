package org.crmgateway.audit;

import java.util.Optional;

/**
 * What {@link AuditVerifier} found.
 *
 * @param entries how many entries follow each other unbroken from the first
 * @param checkpoints how many checkpoints they agree with
 * @param broken what is wrong first, in words; empty when nothing is
 */
public record AuditVerdict(long entries, int checkpoints, Optional<String> broken) {}
