package org.crmgateway.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.crmgateway.audit.AuditEvent;
import org.crmgateway.audit.AuditTrail;
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
    private static final int PURGED_AT_ONCE = 1_000;

    private final Database database;
    private final IdempotencyTable table = new IdempotencyTable();
    private final AuditTrail audit;
    private final IdempotencyConfig config;
    private final Clock clock;

    public Idempotency(Database database, AuditTrail audit, IdempotencyConfig config, Clock clock) {
        this.database = database;
        this.audit = audit;
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
        Optional<KeyRow> earlier = claimed(tx, call, key, clock.instant());
        if (earlier.isPresent()) {
            Answered<A> first = answered(earlier.get(), call, type);
            audit.append(tx, call, AuditEvent.REPLAYED);
            return first;
        }
        A answer = write.get();
        table.store(tx, call, key, Json.write(answer));
        return new Answered<>(answer, false);
    }

    /**
     * The answer that {@code key} already has, without taking the key.
     *
     * @throws Failure IDEMPOTENCY_MISMATCH when the key was used for another operation or payload
     */
    public <A> Optional<Answered<A>> earlier(Tx tx, Call call, IdempotencyKey key, Class<A> type) {
        return find(tx, call, key, clock.instant()).map(row -> answered(row, call, type));
    }

    /**
     * The answer to this very message, which once carried the same write; empty when it did not, or that was not committed.
     *
     * @param call of a signed message
     * @throws Failure IN_PROGRESS while that write still runs
     */
    public Optional<StoredAnswer> answerTo(Call call) {
        Optional<StoredAnswer> stored = committed(call).filter(answer -> answer.operation() == call.operation());
        if (stored.isPresent()) {
            database.inTransaction(tx -> {
                audit.append(tx, call, AuditEvent.REPLAYED);
                return stored;
            });
        }
        return stored;
    }

    private Optional<StoredAnswer> committed(Call call) {
        Digest signature = Objects.requireNonNull(call.message().signature());
        return database.inTransaction(tx -> {
            // An uncommitted row cannot be read, but a row that collides with it has to wait for its end.
            boolean nobody = tx.awaiting(Code.IN_PROGRESS, () -> table.probe(tx, call, signature, clock.instant()));
            tx.discard();
            return nobody ? Optional.empty() : table.answerTo(tx, call, signature);
        });
    }

    /**
     * Forgets keys whose time is over by this node's clock and by the database's, so many at a time; to be called every now and
     * then.
     */
    public int purge() {
        return database.inSomePieces(
                PURGED_AT_ONCE, tx -> table.deleteExpired(tx, tx.earlier(clock.instant()), PURGED_AT_ONCE));
    }

    /** Takes the key, or finds what the call that took it was answered. */
    private Optional<KeyRow> claimed(Tx tx, Call call, IdempotencyKey key, Instant now) {
        if (claim(tx, call, key, now)) {
            return Optional.empty();
        }
        Optional<KeyRow> earlier = find(tx, call, key, now);
        if (earlier.isPresent()) {
            return earlier;
        }
        // Of those who find the key expired at once, one takes it, and the others get that one's answer.
        tx.awaiting(Code.IN_PROGRESS, () -> table.deleteExpired(tx, call, key, tx.earlier(now)));
        if (claim(tx, call, key, now)) {
            return Optional.empty();
        }
        return Optional.of(table.find(tx, call, key)
                .orElseThrow(() -> Failure.busy(Code.IN_PROGRESS, Duration.ofSeconds(2), null)));
    }

    private Optional<KeyRow> find(Tx tx, Call call, IdempotencyKey key, Instant now) {
        return table.find(tx, call, key)
                // The database is asked only where the key seems to be over.
                .filter(row -> row.expiresAt().isAfter(now) || row.expiresAt().isAfter(tx.now()));
    }

    private boolean claim(Tx tx, Call call, IdempotencyKey key, Instant now) {
        return tx.awaiting(Code.IN_PROGRESS, () -> table.claim(tx, call, key, now, now.plus(config.keep())));
    }

    private static <A> Answered<A> answered(KeyRow row, Call call, Class<A> type) {
        boolean same = row.operation() == call.operation()
                && row.payload().equals(call.request().payload().value());
        if (!same) {
            throw Failure.of(Code.IDEMPOTENCY_MISMATCH);
        }
        return new Answered<>(Json.read(row.answer(), type), true);
    }

    /** A key with its answer. */
    record KeyRow(Operation operation, String payload, String answer, Instant expiresAt) {}
}
