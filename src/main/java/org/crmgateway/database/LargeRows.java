package org.crmgateway.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads rows that may be large: the smaller they turn out, the more of them are fetched from the database at once. */
public final class LargeRows<T> implements RowMapper<T> {
    /** How many are fetched at first. */
    public static final int FIRST = 8;

    private static final int MOST = 64;
    private static final int CHARACTERS = 1 << 20;

    private final RowViewMapper<T> mapper;
    private final ToIntFunction<T> length;

    /** @param length of a row, in characters */
    public LargeRows(RowViewMapper<T> mapper, ToIntFunction<T> length) {
        this.mapper = mapper;
        this.length = length;
    }

    @Override
    public T map(ResultSet rows, StatementContext context) throws SQLException {
        return mapper.map(rows, context);
    }

    @Override
    public RowMapper<T> specialize(ResultSet rows, StatementContext context) throws SQLException {
        RowMapper<T> each = mapper.specialize(rows, context);
        return new RowMapper<>() {
            private int longest = 1;

            @Override
            public T map(ResultSet current, StatementContext same) throws SQLException {
                T row = each.map(current, same);
                longest = Math.max(longest, length.applyAsInt(row));
                current.setFetchSize(Math.max(FIRST, Math.min(MOST, CHARACTERS / longest)));
                return row;
            }
        };
    }
}
