package org.crmgateway.record;

import java.security.SecureRandom;
import org.crmgateway.database.Database;
import org.crmgateway.database.Tx;

/** The table {@code gateway_secret}: keys that all nodes share and nobody else needs. */
public final class SecretTable {
    private static final int KEY_BYTES = 32;

    /** The key that authenticates cursors; made on first use. */
    public byte[] cursorKey(Database database, SecureRandom random) {
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        return database.inTransaction(tx -> {
            insert(tx, "cursor", fresh);
            return find(tx, "cursor");
        });
    }

    /** Makes every cursor that was ever issued invalid: the next gateway makes another key. */
    public void forgetCursorKey(Tx tx) {
        tx.handle().execute("DELETE FROM gateway_secret WHERE name = 'cursor'");
    }

    private static void insert(Tx tx, String name, byte[] secret) {
        tx.handle()
                .createUpdate(
                        "INSERT INTO gateway_secret (name, secret) VALUES (:name, :secret) ON CONFLICT DO NOTHING")
                .bind("name", name)
                .bind("secret", secret)
                .execute();
    }

    private static byte[] find(Tx tx, String name) {
        return tx.handle()
                .createQuery("SELECT secret FROM gateway_secret WHERE name = :name")
                .bind("name", name)
                .mapTo(byte[].class)
                .one();
    }
}
