package org.crmgateway.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crmgateway.database.Database;
import org.jspecify.annotations.Nullable;

/** Rows on their way into a table: as many a transaction as are neither too many nor too large. */
final class Filling {
    private static final int MOST_ROWS = 500;
    private static final int MOST_CHARACTERS = 4 << 20;

    private final Database database;
    private final RowTable table;
    private final List<Map<String, @Nullable Object>> waiting = new ArrayList<>();
    private int characters;
    private long rows;

    Filling(Database database, RowTable table) {
        this.database = database;
        this.table = table;
    }

    void add(Map<String, @Nullable Object> row) {
        waiting.add(row);
        rows++;
        for (Object value : row.values()) {
            characters += value instanceof String text ? text.length() : 0;
        }
        if (waiting.size() >= MOST_ROWS || characters >= MOST_CHARACTERS) {
            flush();
        }
    }

    /** Writes what still waits. */
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        database.inTransaction(tx -> {
            table.insert(tx, waiting);
            return rows;
        });
        waiting.clear();
        characters = 0;
    }

    long rows() {
        return rows;
    }
}
