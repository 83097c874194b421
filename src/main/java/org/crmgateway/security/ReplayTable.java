package org.crmgateway.security;

import java.time.Instant;
import java.util.Optional;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Tx;

/** The table {@code replay}. */
final class ReplayTable {
    /** False when the signature is there; waits for a transaction that is inserting it. */
    boolean insert(Tx tx, Digest signature, Instant seenAt) {
        return tx.handle()
                        .createUpdate("""
                                INSERT INTO replay (signature, seen_at) VALUES (:signature, :seenAt)
                                ON CONFLICT DO NOTHING""")
                        .bind("signature", signature.value())
                        .bind("seenAt", seenAt)
                        .execute()
                == 1;
    }

    /** Empty when it has been forgotten. */
    Optional<Instant> seenAt(Tx tx, Digest signature) {
        return tx.handle()
                .createQuery("SELECT seen_at FROM replay WHERE signature = :signature")
                .bind("signature", signature.value())
                .mapTo(Instant.class)
                .findOne();
    }

    int deleteBefore(Tx tx, Instant end, int most) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM replay WHERE signature IN (
                            SELECT signature FROM replay WHERE seen_at < :end
                            ORDER BY seen_at FETCH FIRST :most ROWS ONLY""" + tx.vendor().leavingLocked() + ")")
                .bind("end", end)
                .bind("most", most)
                .execute();
    }
}
