package org.crmgateway.failure;

/** The six kinds of failure a caller must tell apart; a caller that knows only these reacts correctly to every code. */
public enum Category {
    /** The message is wrong; sending it again unchanged fails again. */
    INVALID,
    /** The partner may not do this. */
    DENIED,
    /** The record does not exist for this partner. */
    NOT_FOUND,
    /** The record or the key is in another state than the caller believes. */
    CONFLICT,
    /** Nothing happened; the same call may succeed later. */
    BUSY,
    /** Our fault; the call id leads the operator to the reason. */
    INTERNAL
}
