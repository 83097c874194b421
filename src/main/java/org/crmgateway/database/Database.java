package org.crmgateway.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.OperatorError;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLWarning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool and its transactions. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS = 3;
    private static final int SOME = 50;
    /** How long a transaction that ended well proves that the database is there. */
    private static final Duration PROOF = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Vendor vendor;
    private final AtomicLong lastEnd = new AtomicLong(System.nanoTime() - PROOF.toNanos());

    Database(HikariDataSource pool, Vendor vendor) {
        this.pool = pool;
        this.vendor = vendor;
        this.jdbi = Jdbi.create(pool);
        jdbi.registerArgument(new InstantColumn.ArgumentFactory());
        jdbi.registerColumnMapper(Instant.class, new InstantColumn.Mapper());
    }

    /**
     * Connects.
     *
     * @param password empty when the database asks for none
     * @throws OperatorError when the database cannot be reached or is held by another process
     */
    public static Database open(DatabaseConfig config, String password) {
        HikariConfig pool = new HikariConfig();
        Vendor vendor = Vendor.of(config.url());
        pool.setPoolName("database");
        pool.setUsername(config.user());
        pool.setPassword(password);
        pool.setMaximumPoolSize(config.poolSize());
        pool.setConnectionTimeout(Math.max(250, config.connectionTimeout().toMillis()));
        // A connection that does not answer must not cost its caller more than having none.
        pool.setValidationTimeout(Math.max(250, config.connectionTimeout().toMillis()));
        pool.setAutoCommit(false);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        switch (vendor) {
            case H2 -> {
                pool.setExceptionOverrideClassName(BrokenConnection.class.getName());
                pool.setJdbcUrl(FailStopFiles.url(config.url())
                        // WRITE_DELAY=0: an acknowledged commit survives the end of the process.
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
                        // Of each connection; eight, the default, are not even those of one call.
                        + ";QUERY_CACHE_SIZE=100"
                        + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT="
                        + config.lockTimeout().toMillis());
            }
            case POSTGRESQL -> {
                pool.setJdbcUrl(config.url());
                pool.addDataSourceProperty("connectTimeout", "2");
                pool.addDataSourceProperty(
                        "socketTimeout", Long.toString(config.statementTimeout().toSeconds() + 1));
                pool.addDataSourceProperty("tcpKeepAlive", "true");
                pool.addDataSourceProperty("reWriteBatchedInserts", "true");
                pool.addDataSourceProperty(
                        "options",
                        "-c lock_timeout=" + config.lockTimeout().toMillis() + " -c statement_timeout="
                                + config.statementTimeout().toMillis()
                                + " -c idle_in_transaction_session_timeout=10000 -c synchronous_commit=on");
            }
        }
        try {
            return new Database(new HikariDataSource(pool), vendor);
        } catch (PoolInitializationException e) {
            throw new OperatorError(SqlFailures.atStart(config.url(), e), e);
        }
    }

    /**
     * Runs {@code work} in one transaction: committed when it returns, rolled back when it throws. Deadlocks and
     * serialization failures run it again, so it must have no effect but on the database.
     *
     * @throws Failure what {@code work} threw; OVERLOADED when the database is slow, full or away, and nothing was done;
     *     INTERNAL_ERROR also when the answer to the commit was lost, and nobody knows what was done
     */
    public <T> T inTransaction(Function<Tx, T> work) {
        return again(() -> attempt(work));
    }

    private static <T> T again(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (JdbiException e) {
                if (attempt >= ATTEMPTS || !SqlFailures.mayRunAgain(e)) {
                    throw SqlFailures.translate(e);
                }
            }
        }
    }

    /**
     * Runs {@code work}, which writes nothing: without a commit, whose answer could be lost.
     *
     * @throws Failure what {@code work} threw, or OVERLOADED when the database is slow, full or away
     */
    public <T> T reading(Function<Tx, T> work) {
        return inTransaction(tx -> {
            tx.discard();
            return work.apply(tx);
        });
    }

    /**
     * Runs {@code work}, which writes nothing and reads few rows, without a transaction: one trip to the database less. Each of its
     * statements sees what is committed when it begins, as in {@link #reading}.
     *
     * @throws Failure what {@code work} threw, or OVERLOADED when the database is slow, full or away
     */
    public <T> T looking(Function<Tx, T> work) {
        return again(() -> look(work));
    }

    private <T> T look(Function<Tx, T> work) {
        try (Handle handle = jdbi.open()) {
            handle.getConnection().setAutoCommit(true);
            T result = work.apply(new Tx(handle, vendor));
            lastEnd.set(System.nanoTime());
            return result;
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /**
     * Runs {@code work}, which writes nothing, on the database as it is at one point in time: whatever is committed
     * meanwhile is not seen. Large results are read from the database bit by bit.
     *
     * @throws Failure what {@code work} threw, or OVERLOADED when the database is slow, full or away
     */
    public <T> T snapshot(Function<Tx, T> work) {
        try (Handle handle = jdbi.open()) {
            // Before the transaction begins; the pool sets a connection's isolation back.
            handle.setTransactionIsolationLevel(vendor.snapshotIsolation());
            if (vendor == Vendor.H2) {
                // Else H2 would first hold the whole result.
                handle.execute("SET LAZY_QUERY_EXECUTION TRUE");
            }
            try {
                handle.begin();
                return work.apply(new Tx(handle, vendor));
            } finally {
                handle.rollback();
                if (vendor == Vendor.H2) {
                    handle.execute("SET LAZY_QUERY_EXECUTION FALSE");
                }
            }
        } catch (JdbiException e) {
            throw SqlFailures.translate(e);
        }
    }

    /**
     * Does something large in pieces, each a transaction of its own, so that none holds up others for long.
     *
     * @param most what a piece may do; one that does less is the last
     * @param piece says how much it did
     * @return how much was done in all
     */
    public int inPieces(int most, ToIntFunction<Tx> piece) {
        return inPieces(most, Integer.MAX_VALUE, piece);
    }

    /** As {@link #inPieces}, but only so many pieces that other work is not held up; what is left waits for the next time. */
    public int inSomePieces(int most, ToIntFunction<Tx> piece) {
        return inPieces(most, SOME, piece);
    }

    private int inPieces(int most, int pieces, ToIntFunction<Tx> piece) {
        int all = 0;
        for (int i = 0; i < pieces; i++) {
            int done = inTransaction(piece::applyAsInt);
            all += done;
            if (done < most) {
                break;
            }
        }
        return all;
    }

    private <T> T attempt(Function<Tx, T> work) {
        Handle handle = jdbi.open();
        try {
            handle.begin();
            Tx tx = new Tx(handle, vendor);
            T result = work.apply(tx);
            if (!tx.discarded()) {
                tx.writeAppended();
                commit(handle);
            }
            lastEnd.set(System.nanoTime());
            return result;
        } finally {
            end(handle);
        }
    }

    /** Lets through only what certainly rolled back: of any other error the database may have committed before it. */
    private static void commit(Handle handle) {
        try {
            handle.commit();
        } catch (JdbiException e) {
            throw SqlFailures.mayRunAgain(e) ? e : Failure.internal(e);
        }
        alone(handle).ifPresent(warning -> {
            throw Failure.internal(warning);
        });
    }

    /**
     * PostgreSQL ends the wait for a synchronous standby when a time-out says so, with the commit done and a warning: what a
     * failover would lose must not be acknowledged.
     */
    private static Optional<SQLWarning> alone(Handle handle) {
        try {
            return Optional.ofNullable(handle.getConnection().getWarnings()).filter(Database::alone);
        } catch (SQLException e) {
            // The connection broke after the commit.
            return Optional.empty();
        }
    }

    /** It has no SQLSTATE of its own; its text depends on the server's language, where it comes from does not. */
    private static boolean alone(SQLWarning warning) {
        return warning instanceof PSQLWarning sent
                && "SyncRepWaitForLSN".equals(sent.getServerErrorMessage().getRoutine());
    }

    /** Undoes what is not committed. What the transaction came to is known by now, also when the connection is broken. */
    private static void end(Handle handle) {
        try (handle) {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
        } catch (JdbiException e) {
            LOG.debug("A connection broke after its last use.", e);
        }
    }

    /** Brings the schema up to this program's version; see {@link Migrations}. */
    public Migrations migrations() {
        return new Migrations(pool);
    }

    public int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** Whether a transaction has just ended well, or a connection can be had and answers; for the readiness probe. */
    public boolean reachable() {
        if (System.nanoTime() - lastEnd.get() < PROOF.toNanos()) {
            // All connections in use are no reason to send callers away: those who use them get through.
            return true;
        }
        try (var connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * How far a clock is from the database's, which all nodes share; positive when it is ahead.
     *
     * @throws Failure OVERLOADED when the database is away
     */
    public Duration skew(Clock clock) {
        return reading(tx -> Duration.between(tx.now(), clock.instant()));
    }

    @Override
    public void close() {
        pool.close();
    }
}
