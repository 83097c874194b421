package org.crmgateway.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The table {@code target/reports/faults.tsv}: what was injected, and what it came to. */
public final class FaultReport {
    private static final Path FILE = Path.of("target/reports/faults.tsv");

    private FaultReport() {}

    /**
     * Adds a line.
     *
     * @param id of the row in the catalogue of faults, e.g. {@code B-10}
     * @param figure what was measured, with its unit
     * @param bar what it may be at most, or must be
     */
    public static synchronized void line(String id, String injected, String figure, String bar, boolean held) {
        try {
            Files.createDirectories(FILE.getParent());
            if (!Files.exists(FILE)) {
                Files.writeString(FILE, "id\tinjected\tfigure\tbar\tverdict\n");
            }
            Files.writeString(
                    FILE,
                    String.join("\t", id, injected, figure, bar, held ? "ok" : "FAILED") + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
