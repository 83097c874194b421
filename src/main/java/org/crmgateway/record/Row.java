package org.crmgateway.record;

/**
 * One row of a batch.
 *
 * @param rowId the sender's own name of it
 */
public record Row<I>(String rowId, Draft<I> draft) {}
