package org.crmgateway.failure;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one request, so that the caller learns all of it at once. Not thread-safe. */
public final class Violations {
    private final List<Violation> found = new ArrayList<>();

    /** Notes {@code rule} as broken at {@code path} unless {@code holds}. */
    public void require(boolean holds, String path, String rule) {
        if (!holds) {
            found.add(new Violation(path, rule));
        }
    }

    /**
     * Ends the check.
     *
     * @throws Failure RULE_VIOLATION with everything noted, when anything was
     */
    public void refuse() {
        if (!found.isEmpty()) {
            throw Failure.rules(found);
        }
    }
}
