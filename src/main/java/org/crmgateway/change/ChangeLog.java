package org.crmgateway.change;

import java.util.Iterator;
import java.util.function.Function;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;

/** Writes changes in the caller's transaction and reads those the {@link Sealer} has numbered. */
public final class ChangeLog {
    private final ChangeTable table = new ChangeTable();

    public void append(Tx tx, Call call, Change change) {
        table.insert(tx, call.tenant(), call.partner().name(), call.id().value(), change);
    }

    /** The last position given to any change. All that commits later gets a higher one. */
    public long sealed(Tx tx) {
        return table.sealed(tx);
    }

    /** Whether the sealed changes that are kept follow each other without a gap, up to the last position given. */
    public boolean complete(Tx tx) {
        return table.complete(tx);
    }

    /** The last position that was trimmed; 0 when none was. Asked after reading, it tells whether the reading was whole. */
    public long trimmed(Tx tx) {
        return table.trimmed(tx);
    }

    /**
     * Sealed changes of one kind after {@code position}, in order.
     *
     * @param reading reads as many as it wants, one after the other
     */
    public <R> R after(
            Tx tx, Call call, String kind, long position, int limit, Function<Iterator<SealedChange>, R> reading) {
        return table.after(tx, call.tenant(), kind, position, limit, reading);
    }
}
