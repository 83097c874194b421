package org.crmgateway.security;

import java.time.Instant;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Tx;

/** The table {@code replay}. */
final class ReplayTable {
    /** False when the signature is there; waits for a transaction that is inserting it. */
    boolean insert(Tx tx, Digest signature, Instant expiresAt) {
        return tx.handle()
                        .createUpdate("""
                                INSERT INTO replay (signature, expires_at) VALUES (:signature, :expiresAt)
                                ON CONFLICT DO NOTHING""")
                        .bind("signature", signature.value())
                        .bind("expiresAt", expiresAt)
                        .execute()
                == 1;
    }

    int deleteExpired(Tx tx, Instant now, int most) {
        return tx.handle().createUpdate("""
                        DELETE FROM replay WHERE signature IN (
                            SELECT signature FROM replay WHERE expires_at < :now
                            ORDER BY expires_at FETCH FIRST :most ROWS ONLY)""").bind("now", now).bind("most", most).execute();
    }
}
