package org.crmgateway.database;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** One running transaction at READ COMMITTED. Belongs to the thread that opened it; not to be kept. */
public final class Tx {
    /** How many rows to fetch from the database at once where each may be large. */
    public static final int LARGE_ROWS = 8;

    private final Handle handle;
    private final Vendor vendor;
    private final AtomicInteger savepoints = new AtomicInteger();
    private boolean discarded;

    Tx(Handle handle, Vendor vendor) {
        this.handle = handle;
        this.vendor = vendor;
    }

    /** For the {@code …Table} classes only. */
    public Handle handle() {
        return handle;
    }

    public Vendor vendor() {
        return vendor;
    }

    /** The database's own time, when the transaction began. */
    public Instant now() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one();
    }

    /**
     * The earlier of a node's time and the database's: what is over by it is over for every node, also when one's clock has jumped
     * ahead.
     */
    public Instant earlier(Instant here) {
        Instant there = now();
        return here.isBefore(there) ? here : there;
    }

    /** From here on the transaction will be rolled back when it ends; what it returns is still returned. */
    public void discard() {
        discarded = true;
    }

    boolean discarded() {
        return discarded;
    }

    /**
     * Runs a statement that may have to wait for another transaction's row.
     *
     * @throws Failure {@code busy} (category BUSY) when the wait exceeded {@code database.lock-timeout}
     */
    public <T> T awaiting(Code busy, Supplier<T> statement) {
        try {
            return statement.get();
        } catch (JdbiException e) {
            if (SqlFailures.lockTimeout(e)) {
                throw Failure.busy(busy, SqlFailures.SOON, e);
            }
            throw e;
        }
    }

    /**
     * Runs a part that may fail alone: what it wrote is undone when it throws, the rest of the transaction stays.
     *
     * @throws Failure what the part threw
     */
    public <T> T attempt(Supplier<T> part) {
        String savepoint = "part" + savepoints.incrementAndGet();
        handle.savepoint(savepoint);
        try {
            T result = part.get();
            handle.releaseSavepoint(savepoint);
            return result;
        } catch (Failure e) {
            handle.rollbackToSavepoint(savepoint);
            throw e;
        }
    }
}
