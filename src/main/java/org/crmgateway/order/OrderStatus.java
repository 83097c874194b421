package org.crmgateway.order;

import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.record.Stored;

/** The way of an order, one step at a time: DRAFT to CLOSED; CANCELLED from the first three, by cancelling only. */
public enum OrderStatus {
    DRAFT,
    PLACED,
    CONFIRMED,
    SHIPPED,
    INVOICED,
    CLOSED,
    CANCELLED;

    /** Whether lines, customer and the like may still change. */
    boolean editable() {
        return this == DRAFT || this == PLACED;
    }

    boolean cancellable() {
        return ordinal() <= CONFIRMED.ordinal();
    }

    boolean open() {
        return this != CLOSED && this != CANCELLED;
    }

    /**
     * Checks a step of {@code order} from this status.
     *
     * @throws Failure STATUS_FINAL, STATUS_TRANSITION_SKIPS or STATUS_TRANSITION_BACKWARD when it is not the next one
     */
    void checkStepTo(OrderStatus next, Stored<Order> order) {
        if (!open()) {
            throw Failure.about(Code.STATUS_FINAL, order.id(), order.version());
        }
        if (next.ordinal() < ordinal()) {
            throw Failure.about(Code.STATUS_TRANSITION_BACKWARD, order.id(), order.version());
        }
        if (next.ordinal() > ordinal() + 1) {
            throw Failure.about(Code.STATUS_TRANSITION_SKIPS, order.id(), order.version());
        }
    }
}
