package org.crmgateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/faults.md and the contract list what the code can answer, no more and no less. */
final class FaultsDocumentTest {
    private static final Pattern RULE = Pattern.compile("\"([A-Z][A-Z_]{3,})\"\\s*\\)");

    @Test
    void everyCodeIsDocumentedWithItsCategoryAndWhetherToRetry() throws IOException {
        List<String> expected = Arrays.stream(Code.values())
                .map(code -> "| `" + code + "` | " + code.category() + " | " + (code.retryable() ? "yes" : "no") + " |")
                .toList();
        List<String> documented = section("## Codes")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("^(\\|[^|]*\\|[^|]*\\|[^|]*\\|).*", "$1"))
                .toList();

        assertThat(documented).containsExactlyElementsOf(expected);
    }

    @Test
    void everyCodeIsInTheContract() throws IOException {
        String schema = Files.readString(Path.of("xsd/common-v1.xsd"), StandardCharsets.UTF_8)
                + Files.readString(Path.of("xsd/fault-v1.xsd"), StandardCharsets.UTF_8);
        for (Code code : Code.values()) {
            assertThat(schema).contains(code.name());
        }
    }

    @Test
    void everyRuleIsDocumented() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String room : List.of("record", "customer", "order", "security")) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/org/crmgateway", room))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    var matcher = RULE.matcher(Files.readString(file, StandardCharsets.UTF_8));
                    while (matcher.find()) {
                        used.add(matcher.group(1));
                    }
                }
            }
        }
        Set<String> documented = new TreeSet<>(section("## Rules of RULE_VIOLATION")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList());
        used.removeAll(Set.of("ACTIVE", "BLOCKED", "CLOSED"));

        assertThat(used).isEqualTo(documented);
    }

    private static String section(String title) throws IOException {
        String text = Files.readString(Path.of("docs/faults.md"), StandardCharsets.UTF_8);
        int start = text.indexOf(title);
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }
}
