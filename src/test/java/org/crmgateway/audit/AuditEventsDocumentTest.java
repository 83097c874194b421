package org.crmgateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class AuditEventsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| [^|]+ \\|$");

    @Test
    void everyEventIsDescribedAndNoOther() throws IOException {
        List<String> described = ROW.matcher(Files.readString(Path.of("docs/audit-events.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(described)
                .containsExactlyElementsOf(Arrays.stream(AuditEvent.values())
                        .map(AuditEvent::label)
                        .toList());
    }
}
