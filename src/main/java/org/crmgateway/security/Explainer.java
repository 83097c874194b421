package org.crmgateway.security;

import org.crmgateway.call.CallId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the reason of a refusal for the operator, by call id; the sender never learns it. */
public final class Explainer {
    private static final Logger REFUSALS = LoggerFactory.getLogger("refusal");

    /** Notes one refusal in a line; costs the same for every reason. */
    public void refused(CallId id, Refusal refusal) {
        REFUSALS.info("call={} kind={} reason={}", id.value(), refusal.kind(), refusal.reason());
    }
}
