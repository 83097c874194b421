package org.crmgateway.security.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator's table of causes says what {@code explain} says. */
class CausesDocumentTest {
    @Test
    void everyCauseStandsInTheTableAndNoOther() throws IOException {
        String document = Files.readString(Path.of("docs/operations.md"));
        String section = document.substring(document.indexOf("| `explain` says | what to do |"));
        List<String> rows =
                section.substring(0, section.indexOf("\n\n")).lines().skip(2).toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Cause.values())
                        .map(cause -> "| " + cause.words("…") + " | " + cause.advice() + " |")
                        .toList());
    }
}
