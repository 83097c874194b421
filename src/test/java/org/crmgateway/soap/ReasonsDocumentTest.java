package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reason the log can name is in the operator's table. */
final class ReasonsDocumentTest {
    private static final Pattern IN_CODE =
            Pattern.compile("\"((?:sec|xml|soap|http|sandbox)\\.[a-z0-9_.]+|tls\\.handshake)\"");
    private static final Pattern IN_TABLE =
            Pattern.compile("`((?:sec|xml|soap|http|sandbox)\\.[a-z0-9_.…]+|tls\\.handshake)`");

    @Test
    void everyReasonOfTheProgramIsExplained() throws IOException {
        Set<String> explained = named(IN_TABLE, Files.readString(Path.of("docs/operations.md")));
        Set<String> reasons =
                sources().flatMap(text -> named(IN_CODE, text).stream()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(reasons)
                .hasSizeGreaterThan(60)
                .allMatch(reason -> explained.stream().anyMatch(entry -> covers(entry, reason)));
        assertThat(explained)
                .allMatch(entry ->
                        entry.startsWith("sec.wss.") || reasons.stream().anyMatch(reason -> covers(entry, reason)));
    }

    private static boolean covers(String entry, String reason) {
        return entry.endsWith("…") ? reason.startsWith(entry.substring(0, entry.length() - 1)) : entry.equals(reason);
    }

    private static Set<String> named(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static Stream<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            return java.stream().map(ReasonsDocumentTest::read);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
