package org.crmgateway.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.crmgateway.database.Json;
import org.crmgateway.failure.OperatorError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An export that is read. Reads one row at a time. */
final class ExportFile implements AutoCloseable {
    private final Path path;
    private final ZipFile zip;
    private final ExportHead head;
    private final Summary summary;

    private ExportFile(Path path, ZipFile zip, ExportHead head, Summary summary) {
        this.path = path;
        this.zip = zip;
        this.head = head;
        this.summary = summary;
    }

    /** @throws OperatorError when it cannot be read, is cut off, or is of another form */
    static ExportFile open(Path path) {
        ZipFile zip = null;
        try {
            zip = new ZipFile(path.toFile());
            ExportHead head = document(zip, Export.HEAD, ExportHead.class);
            head.requireReadable();
            return new ExportFile(path, zip, head, document(zip, Export.SUMMARY, Summary.class));
        } catch (IOException | JacksonException e) {
            close(zip);
            throw unreadable(path, e);
        } catch (OperatorError e) {
            close(zip);
            throw e;
        }
    }

    ExportHead head() {
        return head;
    }

    /** What its maker says is in it. */
    Summary summary() {
        return summary;
    }

    /**
     * Every row of a table, one after the other: values by their columns.
     *
     * @throws OperatorError when the rows are not those that were written
     */
    void each(TableForm table, Consumer<Map<String, @Nullable Object>> reader) {
        RowSum sum = new RowSum();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(zip.getInputStream(entry(zip, table.file())), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sum.add(line.getBytes(StandardCharsets.UTF_8));
                reader.accept(row(table, line));
            }
        } catch (IOException | JacksonException e) {
            throw unreadable(path, e);
        }
        if (!summary.tables().contains(sum.of(table))) {
            throw unreadable(path, new IOException(table.file() + " is not what was written"));
        }
    }

    private static Map<String, @Nullable Object> row(TableForm table, String line) {
        Map<?, ?> json = Json.read(line, Map.class);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        table.columns().forEach(column -> row.put(column.name(), column.type().fromJson(json.get(column.name()))));
        return row;
    }

    private static <T> T document(ZipFile zip, String name, Class<T> type) throws IOException {
        try (var bytes = zip.getInputStream(entry(zip, name))) {
            return Json.read(new String(bytes.readAllBytes(), StandardCharsets.UTF_8), type);
        }
    }

    private static ZipEntry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is not in it");
        }
        return entry;
    }

    private static OperatorError unreadable(Path path, Exception why) {
        return new OperatorError(
                path + " is no whole export of a gateway (" + why.getMessage() + "). Copy it again, or take another.",
                why);
    }

    private static void close(@Nullable ZipFile zip) {
        try (zip) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException("closing what was only read does not fail", e);
        }
    }

    @Override
    public void close() {
        close(zip);
    }
}
