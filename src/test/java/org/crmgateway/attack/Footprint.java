package org.crmgateway.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.crmgateway.wire.RunningGateway;

/**
 * What a refused message must leave as it was.
 *
 * @param rows of each table of business
 * @param files in the data folder, in the working folder, and what a server of this kind leaves among temporary files
 * @param trapped connections to the {@link Trap}
 */
record Footprint(Map<String, Integer> rows, Set<String> files, int trapped) {
    private static final List<String> TABLES =
            List.of("customer", "sales_order", "change_entry", "external_id", "idempotency_key", "partner");

    /** Other programs use that folder too: what CXF, Jetty, JAXB and mail parsers put there. */
    private static final List<String> TEMPORARY =
            List.of("cxf", "cos", "jetty", "multipart", "mime", "attachment", "jaxb", "saaj", "xml");

    static Footprint of(RunningGateway gateway, Path folder, Trap trap) {
        Map<String, Integer> rows = new TreeMap<>();
        String sql = String.join(
                " UNION ALL ",
                TABLES.stream()
                        .map(table -> "SELECT '" + table + "' AS name, COUNT(*) AS total FROM " + table)
                        .toList());
        gateway.gateway()
                .database()
                .inTransaction(tx -> tx.handle()
                        .createQuery(sql)
                        .map(row -> rows.put(row.getColumn("name", String.class), row.getColumn("total", Integer.class))
                                == null)
                        .list());
        Set<String> files = new TreeSet<>();
        list(folder, Integer.MAX_VALUE, files);
        list(Path.of(""), 1, files);
        Set<String> temporary = new TreeSet<>();
        list(Path.of(System.getProperty("java.io.tmpdir")), 1, temporary);
        temporary.stream().filter(Footprint::ours).forEach(files::add);
        return new Footprint(rows, files, trap.hits());
    }

    private static boolean ours(String file) {
        String name = Path.of(file).getFileName().toString().toLowerCase(java.util.Locale.ROOT);
        return TEMPORARY.stream().anyMatch(name::startsWith);
    }

    private static void list(Path folder, int depth, Set<String> files) {
        try (Stream<Path> found = Files.walk(folder.toAbsolutePath(), depth)) {
            found.filter(path -> !path.toString().endsWith(".db")).forEach(path -> files.add(path.toString()));
        } catch (IOException | UncheckedIOException e) {
            // Gone while it was read: another program's.
        }
    }
}
