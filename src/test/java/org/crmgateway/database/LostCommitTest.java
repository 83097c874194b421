package org.crmgateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that breaks at the end of a transaction. */
final class LostCommitTest {
    private Database database;
    /** The next call of {@link #failing} does its work, if it does any, and then answers with this. */
    private @Nullable SQLException error;

    private String failing = "";
    private boolean committing = true;

    @BeforeEach
    void open() {
        HikariConfig pool = new HikariConfig();
        pool.setAutoCommit(false);
        pool.setDataSource(breakable());
        database = new Database(new HikariDataSource(pool), Vendor.H2);
        database.inTransaction(tx -> tx.handle().execute("CREATE TABLE note (number INT)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57014", "XX000"})
    void aCommitWhoseAnswerIsLostIsNotCalledUndone(String state) {
        failOnce("commit", state);

        Failure failure = catchThrowableOfType(Failure.class, this::note);

        assertThat(failure.code()).isEqualTo(Code.INTERNAL_ERROR);
        assertThat(notes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void aCommitThatWasRefusedRunsAgain(String state) {
        committing = false;
        failOnce("commit", state);

        note();

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void whatOnlyReadsIsNeverInDoubt() {
        failOnce("commit", "57P01");
        assertThat(notes()).isZero();

        failOnce("rollback", "57P01");
        assertThat(notes()).isZero();
        assertThat((Throwable) error).isNull();
    }

    @Test
    void whatThrewIsUndoneAndThrownAlsoWhenTheConnectionBreaks() {
        Failure refusal = Failure.of(Code.VERSION_STALE);
        failOnce("rollback", "57P01");

        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> database.inTransaction(tx -> {
                    tx.handle().execute("INSERT INTO note VALUES (1)");
                    throw refusal;
                }));

        assertThat(failure).isSameAs(refusal);
        assertThat(notes()).isZero();
    }

    @Test
    void aConnectionThatBreaksAfterTheCommitDoesNotHideTheResult() {
        failOnce("clearWarnings", "08006");

        assertThat(note()).isEqualTo(1);
        assertThat((Throwable) error).isNull();
        assertThat(notes()).isEqualTo(1);
    }

    private int note() {
        return database.inTransaction(tx -> tx.handle().execute("INSERT INTO note VALUES (1)"));
    }

    private int notes() {
        return database.reading(this::count);
    }

    private int count(Tx tx) {
        return tx.handle()
                .createQuery("SELECT COUNT(*) FROM note")
                .mapTo(Integer.class)
                .one();
    }

    private void failOnce(String method, String state) {
        failing = method;
        error = new SQLException("test", state);
    }

    private DataSource breakable() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return proxy(DataSource.class, h2);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    SQLException thrown = method.getName().equals(failing) ? error : null;
                    if (thrown != null) {
                        error = null;
                    }
                    try {
                        Object result = thrown == null || committing ? method.invoke(target, arguments) : null;
                        if (thrown != null) {
                            throw thrown;
                        }
                        return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
