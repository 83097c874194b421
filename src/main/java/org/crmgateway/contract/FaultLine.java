package org.crmgateway.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fault code as the documentation of {@code FaultCode} lists it: {@code VERSION_STALE (CONFLICT): the record …}. */
record FaultLine(String code, String category, String meaning) {
    private static final Pattern FORM = Pattern.compile("([A-Z_]+) \\(([A-Z_]+)\\): (.+)");

    /** Empty for a line that explains no code. */
    static Optional<FaultLine> of(String rule) {
        Matcher matcher = FORM.matcher(rule);
        return matcher.matches()
                ? Optional.of(new FaultLine(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }
}
