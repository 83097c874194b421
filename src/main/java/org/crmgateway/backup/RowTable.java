package org.crmgateway.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.crmgateway.database.Tx;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Any table of {@link PortableForm}, row by row. */
final class RowTable {
    private static final int FETCHED_AT_ONCE = 200;

    private final TableForm form;

    RowTable(TableForm form) {
        this.form = form;
    }

    /** Every row, in whatever order the database has them, one after the other: values by their columns. */
    void each(Tx tx, Consumer<Map<String, @Nullable Object>> reader) {
        tx.handle()
                .createQuery("SELECT " + names("") + " FROM " + form.name())
                .setFetchSize(FETCHED_AT_ONCE)
                .map((rows, context) -> row(rows))
                .useIterator(rows -> rows.forEachRemaining(reader));
    }

    void insert(Tx tx, List<Map<String, @Nullable Object>> rows) {
        PreparedBatch batch = tx.handle()
                .prepareBatch("INSERT INTO " + form.name() + " (" + names("") + ") VALUES (" + names(":") + ")");
        for (Map<String, @Nullable Object> row : rows) {
            for (TableForm.Column column : form.columns()) {
                bind(batch, column, row.get(column.name()));
            }
            batch.add();
        }
        batch.execute();
    }

    long count(Tx tx) {
        return tx.handle()
                .createQuery("SELECT COUNT(*) FROM " + form.name())
                .mapTo(Long.class)
                .one();
    }

    void deleteAll(Tx tx) {
        tx.handle().execute("DELETE FROM " + form.name());
    }

    /** Lets the database give values after the highest that is there. */
    void goOnNumbering(Tx tx) {
        String column = form.identity();
        if (column == null) {
            return;
        }
        long next = tx.handle()
                .createQuery("SELECT COALESCE(MAX(" + column + "), 0) + 1 FROM " + form.name())
                .mapTo(Long.class)
                .one();
        tx.handle().execute("ALTER TABLE " + form.name() + " ALTER COLUMN " + column + " RESTART WITH " + next);
    }

    private Map<String, @Nullable Object> row(ResultSet rows) throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        int place = 0;
        for (TableForm.Column column : form.columns()) {
            row.put(column.name(), value(rows, ++place, column.type()));
        }
        return row;
    }

    private static @Nullable Object value(ResultSet rows, int place, ColumnType type) throws SQLException {
        return switch (type) {
            case TEXT -> rows.getString(place);
            case INTEGER -> rows.getObject(place, Integer.class);
            case LONG -> rows.getObject(place, Long.class);
            case BOOLEAN -> rows.getObject(place, Boolean.class);
            case TIME -> {
                OffsetDateTime time = rows.getObject(place, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            case DATE -> rows.getObject(place, LocalDate.class);
            case BYTES -> rows.getBytes(place);
        };
    }

    private static void bind(PreparedBatch batch, TableForm.Column column, @Nullable Object value) {
        String name = column.name();
        switch (column.type()) {
            case TEXT -> batch.bind(name, (String) value);
            case INTEGER -> batch.bind(name, (Integer) value);
            case LONG -> batch.bind(name, (Long) value);
            case BOOLEAN -> batch.bind(name, (Boolean) value);
            case TIME -> batch.bindByType(name, value, Instant.class);
            case DATE -> batch.bindByType(name, value, LocalDate.class);
            case BYTES -> bindBytes(batch, name, value);
        }
    }

    private static void bindBytes(PreparedBatch batch, String name, @Nullable Object value) {
        if (value == null) {
            batch.bindNull(name, Types.VARBINARY);
        } else {
            batch.bind(name, (byte[]) value);
        }
    }

    private String names(String before) {
        return form.columns().stream().map(column -> before + column.name()).collect(Collectors.joining(", "));
    }
}
