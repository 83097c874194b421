package org.crmgateway.web;

import java.util.function.BooleanSupplier;

/**
 * Something that must hold before callers are sent here.
 *
 * @param name for the operator, e.g. {@code database}
 */
public record ReadinessCheck(String name, BooleanSupplier holds) {}
