package org.crmgateway.web;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Memory that all requests share, counted before it is allocated. Thread-safe. */
final class ByteBudget {
    private final long limit;
    private final @Nullable ByteBudget whole;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit in bytes */
    ByteBudget(long limit) {
        this(limit, null);
    }

    private ByteBudget(long limit, @Nullable ByteBudget whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /** A part of it that some are bound to; the rest is always left to others. */
    ByteBudget part(long bytes) {
        return new ByteBudget(bytes, this);
    }

    /** Takes all of {@code bytes}, or nothing and says false. */
    boolean take(long bytes) {
        boolean fits = taken.addAndGet(bytes) <= limit && (whole == null || whole.take(bytes));
        if (!fits) {
            taken.addAndGet(-bytes);
        }
        return fits;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
        if (whole != null) {
            whole.giveBack(bytes);
        }
    }
}
