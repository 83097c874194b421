package org.crmgateway.record;

import java.util.function.Function;

/**
 * The order of a search: a stored key, then our id.
 *
 * @param column the indexed column that holds the key
 * @param key a record's key as at most 100 bytes, for the cursor
 * @param parameter the same as a value to compare the column with
 */
public record Sorting<V>(String column, Function<V, byte[]> key, Function<byte[], Object> parameter) {}
