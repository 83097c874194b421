package org.crmgateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report under {@code target/reports}: lines of values between tabs, shown while they come. */
public final class Table implements AutoCloseable {
    private final Path file;
    private final StringBuilder text = new StringBuilder();

    /** @param name of the file, without its ending */
    public Table(String name) {
        this.file = Path.of("target", "reports", name + ".tsv");
    }

    /** A remark, not a line of values. */
    public void note(String remark) {
        add("# " + remark);
    }

    /** Numbers get three decimals. */
    public void line(Object... values) {
        add(Arrays.stream(values).map(Table::text).collect(Collectors.joining("\t")));
    }

    private void add(String line) {
        System.out.println(line);
        text.append(line).append('\n');
    }

    private static String text(Object value) {
        return value instanceof Double number
                ? String.format(Locale.ROOT, "%.3f", number)
                : String.valueOf(value).replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    public void close() throws IOException {
        if (text.isEmpty()) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        System.out.println("written to " + file);
    }
}
