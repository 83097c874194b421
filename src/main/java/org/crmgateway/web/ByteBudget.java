package org.crmgateway.web;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that all requests share, counted before it is allocated. Thread-safe. */
final class ByteBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit in bytes */
    ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes all of {@code bytes}, or nothing and says false. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
