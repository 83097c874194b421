package org.crmgateway.backup;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of the portable form, as an export itself describes it.
 *
 * @param identity the column whose values the database gives, if any; it goes on after the highest that is there
 * @param single whether it has exactly one row from the beginning
 */
record TableForm(
        String name, List<Column> columns, @Nullable String identity, boolean single) {
    /** Names become SQL. */
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,60}");

    record Column(String name, ColumnType type) {
        Column {
            requireName(name);
        }
    }

    TableForm {
        requireName(name);
        if (identity != null) {
            requireName(identity);
        }
        columns = List.copyOf(columns);
    }

    /** @param columns each as its name and the name of its type, e.g. {@code version INTEGER} */
    static TableForm of(String name, String... columns) {
        return new TableForm(name, Arrays.stream(columns).map(TableForm::column).toList(), null, false);
    }

    TableForm numberedBy(String column) {
        return new TableForm(name, columns, column, single);
    }

    TableForm ofOneRow() {
        return new TableForm(name, columns, identity, true);
    }

    /** The file in an export. */
    String file() {
        return name + ".jsonl";
    }

    private static Column column(String text) {
        String[] parts = text.split(" ", -1);
        return new Column(parts[0], ColumnType.valueOf(parts[1]));
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a table or column");
        }
    }
}
