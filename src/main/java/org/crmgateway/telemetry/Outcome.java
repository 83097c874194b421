package org.crmgateway.telemetry;

/** How a call ended; the label {@code outcome}. Failures carry the name of their category. */
public enum Outcome {
    ANSWERED,
    /** The very same bytes again, answered from the store; a repeat by its key alone counts as ANSWERED. */
    REPLAYED,
    INVALID,
    DENIED,
    NOT_FOUND,
    CONFLICT,
    BUSY,
    INTERNAL
}
