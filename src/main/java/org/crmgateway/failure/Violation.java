package org.crmgateway.failure;

/**
 * One broken rule of a request.
 *
 * @param path where, from the wrapper's child, e.g. {@code order/lines/line[2]/quantity}; indices count from 1
 * @param rule which, e.g. {@code REQUIRED}; never the value that was sent
 */
public record Violation(String path, String rule) {}
