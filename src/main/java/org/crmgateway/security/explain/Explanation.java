package org.crmgateway.security.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Why a call was answered as it was.
 *
 * @param findings the likely cause first, then what else is wrong
 * @param facts what was seen
 * @param canonical what digests were computed over; never part of {@link #text}
 */
public record Explanation(String callId, List<Finding> findings, List<Fact> facts, List<CanonicalBytes> canonical) {
    public Explanation {
        findings = List.copyOf(findings);
        facts = List.copyOf(facts);
        canonical = List.copyOf(canonical);
    }

    /** For a person in a hurry: the cause and what to do, then what shows it, then the facts. Holds no content of the message. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            String words = finding.words();
            lines.add(
                    i == 0
                            ? words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ". "
                                    + finding.cause().advice() + "."
                            : line("also", words + "; " + finding.cause().advice()));
            if (!finding.evidence().isEmpty()) {
                lines.add(line("evidence", finding.evidence()));
            }
        }
        facts.forEach(fact -> lines.add(line(fact.name(), fact.text())));
        return lines;
    }

    private static String line(String name, String text) {
        return "  %-12s %s".formatted(name, text);
    }
}
