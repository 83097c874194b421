package org.crmgateway.attack;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ids of the catalogue of attacks, by section. */
final class Catalogue {
    /** The letter of each section, and how many ids it has. */
    private static final Map<String, Integer> SECTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("T", 40), // HTTP and connection
            Map.entry("X", 39), // XML parser
            Map.entry("D", 21), // payload
            Map.entry("M", 17), // attachments
            Map.entry("W", 60), // WS-Security header and policy
            Map.entry("K", 35), // keys, certificates, algorithms
            Map.entry("R", 20), // time and replay
            Map.entry("S", 16), // signature wrapping
            Map.entry("O", 10), // encryption oracles
            Map.entry("U", 13), // username tokens
            Map.entry("G", 17), // addressing, action, routing
            Map.entry("Z", 13), // authorization and tenancy
            Map.entry("L", 17), // leaks, logs, audit, secrets
            Map.entry("P", 3))); // packaging

    private static final Pattern RANGE = Pattern.compile("A-([A-Z])(\\d\\d)(?:\\.\\.(\\d\\d))?");

    private Catalogue() {}

    static Set<String> ids() {
        return SECTIONS.entrySet().stream()
                .flatMap(section -> ids(section.getKey(), 1, section.getValue()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every id that a text names, {@code A-X05} or {@code A-W40..59}. */
    static Set<String> namedIn(String text) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher matcher = RANGE.matcher(text);
        while (matcher.find()) {
            int from = Integer.parseInt(matcher.group(2));
            int to = matcher.group(3) == null ? from : Integer.parseInt(matcher.group(3));
            ids(matcher.group(1), from, to).forEach(ids::add);
        }
        return ids;
    }

    private static Stream<String> ids(String section, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> "A-%s%02d".formatted(section, number));
    }
}
