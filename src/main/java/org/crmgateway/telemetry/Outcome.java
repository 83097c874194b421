package org.crmgateway.telemetry;

/** How a call ended; the label {@code outcome}. Failures carry the name of their category. */
public enum Outcome {
    ANSWERED,
    /** Answered with the stored answer of an earlier call. */
    REPLAYED,
    INVALID,
    DENIED,
    NOT_FOUND,
    CONFLICT,
    BUSY,
    INTERNAL
}
