package org.crmgateway.record;

import java.util.List;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of record brings to the frame: its decisions and its columns. No transaction, key, version, change or audit.
 *
 * @param <V> the value, valid by construction
 * @param <I> the input as sent
 */
public interface Room<V, I> {
    RecordKind kind();

    /** The value a new record gets. */
    V create(Tx tx, Call call, I input);

    /** The value an existing record gets; equal to the current one when nothing changes. */
    V change(Tx tx, Call call, Stored<V> current, I input);

    /** The status a receipt shows. */
    String status(V value);

    /** Our ids of other records that the value names. */
    List<String> references(V value);

    /** The totals a receipt shows, for kinds that have any. */
    @Nullable
    Totals totals(V value);
}
