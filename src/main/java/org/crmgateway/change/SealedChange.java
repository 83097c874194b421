package org.crmgateway.change;

/**
 * A change with its place in the order that every reader sees.
 *
 * @param position ascending without a gap over all tenants and kinds, from 1
 * @param partner the partner that caused it
 */
public record SealedChange(long position, String partner, Change change) {}
