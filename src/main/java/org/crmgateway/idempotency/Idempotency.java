package org.crmgateway.idempotency;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.crmgateway.call.Call;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.Json;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Operation;

/** Runs a write once per key. The key is taken, the write done and its answer stored in one transaction. */
public final class Idempotency {
    private final Database database;
    private final IdempotencyTable table = new IdempotencyTable();
    private final IdempotencyConfig config;
    private final Clock clock;

    public Idempotency(Database database, IdempotencyConfig config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Runs {@code write} unless {@code key} already has an answer.
     *
     * @throws Failure IDEMPOTENCY_MISMATCH when the key was used for another operation or payload; IN_PROGRESS while its
     *     first call still runs; what {@code write} throws, which leaves the key free once the transaction is rolled back
     */
    public <A> Answered<A> once(Tx tx, Call call, IdempotencyKey key, Class<A> type, Supplier<A> write) {
        Instant now = clock.instant();
        if (!claim(tx, call, key, now)) {
            KeyRow row = table.find(tx, call, key).orElseThrow(() -> Failure.of(Code.IN_PROGRESS));
            if (row.expiresAt().isAfter(now)) {
                return new Answered<>(Json.read(same(row, call), type), true);
            }
            table.delete(tx, call, key);
            claim(tx, call, key, now);
        }
        A answer = write.get();
        table.store(tx, call, key, Json.write(answer));
        return new Answered<>(answer, false);
    }

    /**
     * The answer to the write that the message with this signature once carried; empty when there was none.
     *
     * @throws Failure IN_PROGRESS while that write still runs
     */
    public Optional<StoredAnswer> answerTo(String tenant, String partner, Digest signature) {
        return database.inTransaction(tx -> {
            // An uncommitted row cannot be read, but a row that collides with it has to wait for its end.
            boolean nobody =
                    tx.awaiting(Code.IN_PROGRESS, () -> table.probe(tx, tenant, partner, signature, clock.instant()));
            tx.discard();
            return nobody ? Optional.empty() : table.answerTo(tx, tenant, partner, signature);
        });
    }

    private boolean claim(Tx tx, Call call, IdempotencyKey key, Instant now) {
        return tx.awaiting(Code.IN_PROGRESS, () -> table.claim(tx, call, key, now, now.plus(config.keep())));
    }

    private static String same(KeyRow row, Call call) {
        boolean same = row.operation() == call.operation()
                && row.payload().equals(call.request().payload().value());
        if (!same) {
            throw Failure.of(Code.IDEMPOTENCY_MISMATCH);
        }
        return row.answer();
    }

    /** A key with its answer. */
    record KeyRow(Operation operation, String payload, String answer, Instant expiresAt) {}
}
