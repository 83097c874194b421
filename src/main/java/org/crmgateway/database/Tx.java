package org.crmgateway.database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** One running transaction at READ COMMITTED. Belongs to the thread that opened it; not to be kept. */
public final class Tx {
    private final Handle handle;
    private final Vendor vendor;
    private final Map<String, List<Consumer<PreparedBatch>>> appended = new LinkedHashMap<>();
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
     * Adds a row that nobody reads in this transaction: such rows are written together before it commits.
     *
     * @param insert the statement, the same text for every row of a table
     * @param row binds one row to it
     */
    public void append(String insert, Consumer<PreparedBatch> row) {
        appended.computeIfAbsent(insert, text -> new ArrayList<>()).add(row);
    }

    void writeAppended() {
        appended.forEach((insert, rows) -> {
            try (PreparedBatch batch = handle.prepareBatch(insert)) {
                for (Consumer<PreparedBatch> row : rows) {
                    row.accept(batch);
                    batch.add();
                }
                batch.execute();
            }
        });
        appended.clear();
    }
}
