package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryReportTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (CVE-[\\d-]+) \\| `([^`]+)` \\| ([\\d.]+) \\|");

    @TempDir
    Path folder;

    @Test
    void aFixThatIsNotPublishedIsNoFault() throws IOException {
        assertThat(report("echo 'Could not find artifact x'; exit 1")).contains("ok   org.apache.cxf:cxf-core");
    }

    @Test
    void aFixThatCanBeHadIsAFault() throws IOException {
        assertThat(report("exit 0"))
                .contains("BAD  org.apache.cxf:cxf-core", "CVE-2026-108039")
                .contains("ok   org.apache.santuario:xmlsec");
    }

    @Test
    void whatCouldNotBeAskedIsNotSaidToBeGood() throws IOException {
        assertThat(report("echo 'no network'; exit 1")).contains("BAD  org.apache.cxf:cxf-core", "could not be asked");
    }

    @Test
    void theDocumentHasEachAndTheTestsItNamesAreThere() throws IOException {
        String document = Files.readString(Path.of("docs/advisories.md"));
        List<String> rows = ROW.matcher(document)
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Advisory.all().stream()
                        .map(advisory -> advisory.id() + " " + advisory.library() + " " + advisory.fixed())
                        .toList());
        assertThat(classes()).containsAll(namedIn(document));
    }

    private static Set<String> namedIn(String document) {
        return Pattern.compile("`(\\w+Test)`")
                .matcher(document)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    /** What is printed when Maven does as {@code script} says. */
    private String report(String script) throws IOException {
        Path maven = folder.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Session session =
                new Session(folder, Map.of(), Access.opened(Clock.systemUTC()), Clock.systemUTC(), stream, stream);
        boolean good = new AdvisoryReport(session, maven).print();
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(good).isEqualTo(!text.contains("BAD"));
        return text;
    }
}
