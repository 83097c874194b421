package org.crmgateway.idempotency;

import java.time.Instant;
import java.util.Optional;
import org.crmgateway.call.Call;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Tx;
import org.crmgateway.partner.Operation;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code idempotency_key}. */
final class IdempotencyTable {
    private static final String INSERT = """
            INSERT INTO idempotency_key (tenant, partner, name, operation, payload, message, created_at, expires_at)
            VALUES (:tenant, :partner, :name, :operation, :payload, :message, :createdAt, :expiresAt)
            ON CONFLICT DO NOTHING""";

    /** Takes the key; false when it has been taken. Waits for a transaction that is taking it. */
    boolean claim(Tx tx, Call call, IdempotencyKey key, Instant createdAt, Instant expiresAt) {
        Digest signature = call.message().signature();
        return keyed(tx.handle().createUpdate(INSERT), call, key)
                        .bind("operation", call.operation().wireName())
                        .bind("payload", call.request().payload().value())
                        .bind("message", signature == null ? null : signature.value())
                        .bind("createdAt", createdAt)
                        .bind("expiresAt", expiresAt)
                        .execute()
                == 1;
    }

    /** True when no transaction holds or has committed a row for this message. Leaves a row that must be rolled back. */
    boolean probe(Tx tx, Call call, Digest signature, Instant now) {
        return tx.handle()
                        .createUpdate(INSERT)
                        .bind("tenant", call.tenant())
                        .bind("partner", call.partner().name())
                        .bind("name", "probe:" + signature.value())
                        .bind("operation", "probe")
                        .bind("payload", "")
                        .bind("message", signature.value())
                        .bind("createdAt", now)
                        .bind("expiresAt", now)
                        .execute()
                == 1;
    }

    Optional<Idempotency.KeyRow> find(Tx tx, Call call, IdempotencyKey key) {
        return keyed(tx.handle().createQuery("""
                                        SELECT operation, payload, answer, expires_at FROM idempotency_key
                                        WHERE tenant = :tenant AND partner = :partner AND name = :name
                                          AND answer IS NOT NULL"""), call, key)
                .map(row -> new Idempotency.KeyRow(
                        operation(row.getColumn("operation", String.class)),
                        row.getColumn("payload", String.class),
                        row.getColumn("answer", String.class),
                        row.getColumn("expires_at", Instant.class)))
                .findOne();
    }

    Optional<StoredAnswer> answerTo(Tx tx, Call call, Digest signature) {
        return tx.handle()
                .createQuery("""
                        SELECT operation, answer FROM idempotency_key
                        WHERE tenant = :tenant AND partner = :partner AND message = :message AND answer IS NOT NULL""")
                .bind("tenant", call.tenant())
                .bind("partner", call.partner().name())
                .bind("message", signature.value())
                .map(row -> new StoredAnswer(
                        operation(row.getColumn("operation", String.class)), row.getColumn("answer", String.class)))
                .findOne();
    }

    void store(Tx tx, Call call, IdempotencyKey key, String answer) {
        keyed(tx.handle().createUpdate("""
                                        UPDATE idempotency_key SET answer = :answer
                                        WHERE tenant = :tenant AND partner = :partner AND name = :name"""), call, key).bind("answer", answer).execute();
    }

    int deleteExpired(Tx tx, Call call, IdempotencyKey key, Instant now) {
        return keyed(tx.handle().createUpdate("""
                                        DELETE FROM idempotency_key
                                        WHERE tenant = :tenant AND partner = :partner AND name = :name
                                          AND expires_at <= :now"""), call, key).bind("now", now).execute();
    }

    int deleteExpired(Tx tx, Instant now, int most) {
        return tx.handle().createUpdate("""
                        DELETE FROM idempotency_key WHERE (tenant, partner, name) IN (
                            SELECT tenant, partner, name FROM idempotency_key WHERE expires_at <= :now
                            ORDER BY expires_at FETCH FIRST :most ROWS ONLY FOR UPDATE SKIP LOCKED)""").bind("now", now).bind("most", most).execute();
    }

    private static <S extends SqlStatement<S>> S keyed(S statement, Call call, IdempotencyKey key) {
        return statement
                .bind("tenant", call.tenant())
                .bind("partner", call.partner().name())
                .bind("name", key.name());
    }

    private static Operation operation(String wireName) {
        return Operation.named(wireName).orElseThrow(() -> new IllegalStateException("unknown operation in the store"));
    }
}
