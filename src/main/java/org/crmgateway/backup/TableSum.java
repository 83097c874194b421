package org.crmgateway.backup;

/**
 * What a table held.
 *
 * @param checksum of its rows, as {@link RowSum} says; 64 hexadecimal digits
 */
public record TableSum(String table, long rows, String checksum) {}
