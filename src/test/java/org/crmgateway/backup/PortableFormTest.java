package org.crmgateway.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever adds a table or column decides here whether it is moved: it is, unless it is one of the two that are not. */
final class PortableFormTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+\\.jsonl)` \\| (.+) \\|$");

    static Stream<TestDatabases.Settings> databases() {
        return Stream.of(TestDatabases.h2(), TestDatabases.postgres());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void everyTableAndColumnOfTheSchemaIsMoved(TestDatabases.Settings settings) {
        try (Database database = TestDatabases.open(settings)) {
            List<String> schema = database.reading(tx -> tx.handle()
                    .createQuery("""
                            SELECT table_name, column_name, data_type FROM information_schema.columns
                            WHERE table_schema = 'public' AND table_name NOT IN ('schema_history', 'import_run')""")
                    .map(row ->
                            row.getColumn("table_name", String.class) + "." + row.getColumn("column_name", String.class)
                                    + " " + type(row.getColumn("data_type", String.class)))
                    .list());
            assertThat(PortableForm.TABLES.stream()
                            .flatMap(table -> table.columns().stream()
                                    .map(column -> table.name() + "." + column.name() + " " + column.type())))
                    .containsExactlyInAnyOrderElementsOf(schema);
        }
    }

    @Test
    void thePageDescribesEveryColumnInItsOrder() throws IOException {
        List<String> described = ROW.matcher(Files.readString(Path.of("docs/export-format.md")))
                .results()
                .map(row -> row.group(1) + ": " + row.group(2).replaceAll(" \\(.*?\\)", ""))
                .toList();
        assertThat(described)
                .containsExactlyElementsOf(PortableForm.TABLES.stream()
                        .map(table -> table.file() + ": "
                                + String.join(
                                        ", ",
                                        table.columns().stream()
                                                .map(column -> "`" + column.name() + "` "
                                                        + column.type().name().toLowerCase(Locale.ROOT))
                                                .toList()))
                        .toList());
    }

    private static ColumnType type(String sql) {
        return switch (sql.toLowerCase(Locale.ROOT)) {
            case "character varying" -> ColumnType.TEXT;
            case "integer" -> ColumnType.INTEGER;
            case "bigint" -> ColumnType.LONG;
            case "boolean" -> ColumnType.BOOLEAN;
            case "timestamp with time zone" -> ColumnType.TIME;
            case "date" -> ColumnType.DATE;
            case "bytea", "binary varying" -> ColumnType.BYTES;
            default -> throw new AssertionError("no portable form for " + sql);
        };
    }
}
