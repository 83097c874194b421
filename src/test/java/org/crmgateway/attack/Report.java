package org.crmgateway.attack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code target/reports/attacks.tsv}: a line for each row that was sent. Written once, at the end of a run; lines of suites that
 * were not run now are kept, so that runs of single suites, and several processes, fill one table.
 */
final class Report implements AutoCloseable {
    private static final Path FILE = Path.of("target", "reports", "attacks.tsv");
    private static final String HEADER =
            "# CPU ms: CPU time of the whole process (gateway, sender, garbage collector) from"
                    + " sending to answer; the least of up to three sendings where the first took more than 20\n"
                    + "id\tvariant\tcase\texpected\tseen\tCPU ms\tlog bytes\tverdict\tsuite";

    private final List<Line> lines = new ArrayList<>();

    record Line(
            String id,
            String variant,
            String name,
            String expected,
            String seen,
            double cpuMillis,
            int logBytes,
            String verdict,
            String suite) {
        String text() {
            return String.join(
                    "\t",
                    id,
                    variant,
                    flat(name),
                    expected,
                    flat(seen),
                    String.format(Locale.ROOT, "%.1f", cpuMillis),
                    Integer.toString(logBytes),
                    verdict,
                    suite);
        }

        private static String flat(String text) {
            String flat = text.replaceAll("[\\p{Cntrl}]+", " ");
            return flat.length() > 80 ? flat.substring(0, 80) : flat;
        }
    }

    synchronized void add(Line line) {
        lines.add(line);
    }

    @Override
    public synchronized void close() throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        Files.createDirectories(FILE.getParent());
        try (RandomAccessFile file = new RandomAccessFile(FILE.toFile(), "rw");
                FileLock lock = file.getChannel().lock()) {
            byte[] present = new byte[(int) file.length()];
            file.readFully(present);
            byte[] merged = merged(new String(present, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            file.setLength(0);
            file.write(merged);
        }
    }

    private String merged(String present) {
        Set<String> suites = lines.stream().map(Line::suite).collect(Collectors.toSet());
        List<String> all = lines.stream().map(Line::text).collect(Collectors.toCollection(ArrayList::new));
        present.lines()
                .filter(line -> line.startsWith("A-"))
                .filter(line -> !suites.contains(line.substring(line.lastIndexOf('\t') + 1)))
                .forEach(all::add);
        all.sort(Comparator.naturalOrder());
        return HEADER + "\n" + String.join("\n", all) + "\n";
    }
}
