package org.crmgateway.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a library with a published weakness could be replaced by one without: asks Maven for the version that mends it. */
final class AdvisoryReport {
    private static final int PATIENCE_MINUTES = 3;
    /** What Maven says of a version that is not published; anything else means that it could not ask. */
    private static final Pattern NOT_THERE = Pattern.compile("Could not find artifact|was not found in");

    private final Session session;
    private final Path maven;

    /** @param maven the command that runs it */
    AdvisoryReport(Session session, Path maven) {
        this.session = session;
        this.maven = maven;
    }

    /** Prints a line for each library; false when one could be replaced, or that is not known. */
    boolean print() {
        Map<String, List<Advisory>> byFix = Advisory.all().stream()
                .collect(Collectors.groupingBy(
                        advisory -> advisory.library() + ":" + advisory.fixed(), TreeMap::new, Collectors.toList()));
        boolean good = true;
        for (Map.Entry<String, List<Advisory>> fix : byFix.entrySet()) {
            good &= line(fix.getKey(), fix.getValue());
        }
        return good;
    }

    private boolean line(String fix, List<Advisory> mended) {
        Advisory first = mended.get(0);
        String used = first.library() + " " + first.used();
        String ids = mended.stream().map(Advisory::id).collect(Collectors.joining(", "));
        if (first.mended()) {
            session.say("ok   " + used + ": without " + ids);
            return true;
        }
        return switch (ask(fix)) {
            case MISSING -> {
                session.say("ok   " + used + ": " + first.fixed()
                        + " cannot be had yet; docs/advisories.md says what stands" + " against " + ids);
                yield true;
            }
            case THERE -> {
                session.say("BAD  " + used + ": " + first.fixed() + " can be had and mends " + ids
                        + ". Change its version in pom.xml.");
                yield false;
            }
            case UNKNOWN -> {
                session.say("BAD  " + used + ": Maven could not be asked for " + first.fixed() + ", which mends " + ids
                        + ". Is Maven installed, and the network there?");
                yield false;
            }
        };
    }

    private enum Fix {
        THERE,
        MISSING,
        UNKNOWN
    }

    private Fix ask(String fix) {
        try {
            Process process = new ProcessBuilder(
                            maven.toString(),
                            "-B",
                            // Maven remembers for a day what was not there.
                            "-U",
                            "dependency:get",
                            "-Dtransitive=false",
                            "-Dartifact=" + fix)
                    .redirectErrorStream(true)
                    .start();
            try (var output = process.inputReader()) {
                boolean missing =
                        output.lines().anyMatch(line -> NOT_THERE.matcher(line).find());
                if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                    return Fix.UNKNOWN;
                }
                return process.exitValue() == 0 ? Fix.THERE : missing ? Fix.MISSING : Fix.UNKNOWN;
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            return Fix.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fix.UNKNOWN;
        }
    }
}
