package org.crmgateway.backup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table of the portable form.
 *
 * @param identity the column whose values the database gives, if any; it goes on after the highest that is there
 * @param single whether it has exactly one row from the beginning, with the id 1
 */
record TableForm(String name, List<Column> columns, Optional<String> identity, boolean single) {
    record Column(String name, ColumnType type) {}

    /** @param columns each as its name and the name of its type, e.g. {@code version INTEGER} */
    static TableForm of(String name, String... columns) {
        return new TableForm(name, Arrays.stream(columns).map(TableForm::column).toList(), Optional.empty(), false);
    }

    TableForm numberedBy(String column) {
        return new TableForm(name, columns, Optional.of(column), single);
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
}
