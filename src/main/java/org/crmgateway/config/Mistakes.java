package org.crmgateway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crmgateway.failure.OperatorError;

/** Collects what is wrong with a configuration, so that the operator learns all of it at once. Not thread-safe. */
final class Mistakes {
    private static final Pattern LINE = Pattern.compile("(.*):(\\d+)");

    private final List<Mistake> found = new ArrayList<>();

    private record Mistake(String where, String what) {
        String file() {
            Matcher matcher = LINE.matcher(where);
            return matcher.matches() ? matcher.group(1) : where;
        }

        int line() {
            Matcher matcher = LINE.matcher(where);
            return matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        }
    }

    /**
     * Notes a mistake.
     *
     * @param where file and line, or the environment variable
     * @param key the full key
     * @param what what is wrong and what is expected
     */
    void add(String where, String key, String what) {
        found.add(new Mistake(where, key + ": " + what));
    }

    /** Notes a mistake of the file as a whole. */
    void add(String where, String what) {
        found.add(new Mistake(where, what));
    }

    /**
     * Ends the reading.
     *
     * @throws OperatorError with everything noted, a line each in the order of the files, when anything was
     */
    void refuse() {
        if (found.isEmpty()) {
            return;
        }
        List<String> lines = found.stream()
                .sorted(Comparator.comparing(Mistake::file).thenComparing(Mistake::line))
                .map(mistake -> mistake.where() + ": " + mistake.what())
                .toList();
        throw new OperatorError(
                lines.size() == 1
                        ? lines.get(0)
                        : lines.size() + " mistakes in the configuration:\n  " + String.join("\n  ", lines));
    }
}
