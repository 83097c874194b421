package org.crmgateway.security.explain;

import org.w3c.dom.Element;

/**
 * One thing that may have happened to an element after it was signed.
 *
 * @param subject of the cause's words; empty for the element's name
 * @param evidence how its digest becomes the signed one
 * @param undo does it the other way round, on a copy
 */
record Hypothesis(Cause cause, String subject, String evidence, Change undo) {
    /** A change of an element in place. */
    @FunctionalInterface
    interface Change {
        void apply(Element top);
    }

    static Hypothesis of(Cause cause, String evidence, Change undo) {
        return new Hypothesis(cause, "", evidence, undo);
    }
}
