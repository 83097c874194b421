package org.crmgateway.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.crmgateway.database.Database;
import org.crmgateway.database.Json;
import org.crmgateway.failure.OperatorError;

/** Writes all that a database holds into one file that does not depend on its product; {@code docs/export-format.md}. */
public final class Export {
    static final String HEAD = "export.json";
    static final String SUMMARY = "summary.json";

    private final Database database;
    private final Clock clock;

    public Export(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes the file, as of one point in time.
     *
     * @return what is in it
     * @throws OperatorError when it is there already or cannot be written; nothing is left then
     */
    public Summary write(Path place, Progress progress) {
        try (NewFile file = NewFile.at(place)) {
            Summary summary;
            try (ZipOutputStream zip = new ZipOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(file.part())), StandardCharsets.UTF_8)) {
                Instant made = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                int schema = database.migrations().version();
                document(
                        zip,
                        HEAD,
                        new ExportHead(ExportHead.FORMAT, ExportHead.VERSION, made, schema, PortableForm.TABLES));
                summary = Reading.of(database, PortableForm.TABLES, new Entries(zip), progress);
                document(zip, SUMMARY, summary);
            }
            file.complete();
            return summary;
        } catch (IOException | UncheckedIOException e) {
            throw new OperatorError(
                    place + " cannot be written (" + e.getMessage() + "). Is the disk full? Choose another place.", e);
        }
    }

    private static void document(ZipOutputStream zip, String name, Object content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write((Json.write(content) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** An entry for each table, with a line for each row. */
    private record Entries(ZipOutputStream zip) implements Reading.Sink {
        @Override
        public void begin(TableForm table) {
            try {
                zip.putNextEntry(new ZipEntry(table.file()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void row(byte[] line) {
            try {
                zip.write(line);
                zip.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
