package org.crmgateway.web;

import java.util.function.BooleanSupplier;

/**
 * Something that must hold before callers are sent here, or that the operator is told of there.
 *
 * @param name for the operator, e.g. {@code database}
 * @param needed whether no caller is sent here without it; otherwise it is only said
 */
public record ReadinessCheck(String name, BooleanSupplier holds, boolean needed) {
    public ReadinessCheck(String name, BooleanSupplier holds) {
        this(name, holds, true);
    }

    /** Something the operator must see to, while callers are served. */
    public static ReadinessCheck told(String name, BooleanSupplier holds) {
        return new ReadinessCheck(name, holds, false);
    }
}
