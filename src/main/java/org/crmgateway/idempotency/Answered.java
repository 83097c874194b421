package org.crmgateway.idempotency;

/**
 * An answer, and whether it is the one an earlier call got.
 *
 * @param replayed nothing was executed now
 */
public record Answered<A>(A answer, boolean replayed) {}
