package org.crmgateway.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.h2.mvstore.MVStoreException;

/** What an SQL error means to a caller, by SQLSTATE (ISO 9075; PostgreSQL appendix A; H2 error codes). */
final class SqlFailures {
    private static final Set<String> RUN_AGAIN = Set.of("40001", "40P01");
    /** Lock and statement time-outs, too many connections, disk full, shutting down. */
    private static final Set<String> BUSY =
            Set.of("55P03", "HYT00", "57014", "53300", "53100", "53200", "57P01", "57P02", "57P03", "25P03");

    private static final Set<Integer> H2_HELD = Set.of(90020);
    private static final Set<Integer> H2_FILE = Set.of(90028, 90031);
    private static final int H2_GENERAL = 50000;
    private static final int MOST_CAUSES = 10;
    static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(5);

    private SqlFailures() {}

    static boolean mayRunAgain(Throwable error) {
        // A pool that has no connection to give throws without a state.
        return sql(error)
                .map(e -> RUN_AGAIN.contains(String.valueOf(e.getSQLState())))
                .orElse(false);
    }

    /** Whether the statement waited too long for another transaction. */
    static boolean lockTimeout(Throwable error) {
        return sql(error)
                .map(e -> "55P03".equals(e.getSQLState()) || "HYT00".equals(e.getSQLState()))
                .orElse(false);
    }

    /**
     * Whether the connection is of no use any more: H2 also closes itself when it cannot read or write its file, and leaves
     * transactions behind that no rollback ends.
     */
    static boolean lost(SQLException error) {
        return error instanceof SQLNonTransientConnectionException
                || H2_FILE.contains(error.getErrorCode())
                || (error.getErrorCode() == H2_GENERAL && causes(error).anyMatch(MVStoreException.class::isInstance));
    }

    static Failure translate(RuntimeException error) {
        Optional<SQLException> sql = sql(error);
        if (sql.isEmpty()) {
            return Failure.internal(error);
        }
        String state = String.valueOf(sql.get().getSQLState());
        if (sql.get() instanceof SQLTransientConnectionException || lost(sql.get()) || state.startsWith("08")) {
            return Failure.busy(Code.OVERLOADED, LATER, error);
        }
        if (BUSY.contains(state) || RUN_AGAIN.contains(state)) {
            return Failure.busy(Code.OVERLOADED, SOON, error);
        }
        return Failure.internal(error);
    }

    static String atStart(String url, Throwable error) {
        Optional<SQLException> sql = sql(error);
        if (sql.isPresent() && H2_HELD.contains(sql.get().getErrorCode())) {
            return "The database " + url
                    + " is open in another process. Stop that process, or let the command reach the"
                    + " running gateway through its data folder.";
        }
        String state = sql.map(SQLException::getSQLState).orElse("unknown");
        return "The database " + url + " cannot be opened (SQLSTATE " + state
                + "). Check database.url, database.user and the password, and that the server runs.";
    }

    private static Optional<SQLException> sql(Throwable error) {
        return causes(error)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }

    /** Itself first; not without end, since H2 makes circles. */
    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }
}
