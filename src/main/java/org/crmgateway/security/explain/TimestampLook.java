package org.crmgateway.security.explain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.crmgateway.security.SecurityConfig;
import org.w3c.dom.Element;

/** The timestamp of a message beside the time of its arrival. */
final class TimestampLook {
    private final SecurityConfig config;

    TimestampLook(SecurityConfig config) {
        this.config = config;
    }

    void into(Element timestamp, Instant arrived, List<Finding> findings, List<Fact> facts) {
        String created = text(timestamp, "Created");
        String expires = text(timestamp, "Expires");
        if (created.isEmpty() || expires.isEmpty()) {
            findings.add(Finding.of(Cause.TIMESTAMP_ENDS));
            return;
        }
        Optional<Instant> begins = instant(created);
        Optional<Instant> ends = instant(expires);
        if (begins.isEmpty() || ends.isEmpty()) {
            String wrong = begins.isEmpty() ? created : expires;
            findings.add(Finding.of(Cause.TIMESTAMP_FORM, Shown.text(wrong)));
            return;
        }
        Duration skew = Duration.between(arrived, begins.get());
        facts.add(new Fact("timestamp", "from " + begins.get() + " to " + ends.get() + ", made " + skew(skew)));
        if (skew.compareTo(config.timestampAhead()) > 0) {
            findings.add(new Finding(
                    Cause.CLOCK_AHEAD,
                    Long.toString(skew.toSeconds()),
                    "allowed are " + config.timestampAhead().toSeconds() + " s"));
        } else if (skew.negated().compareTo(config.timestampAge()) > 0) {
            findings.add(new Finding(
                    Cause.CLOCK_BEHIND,
                    Long.toString(skew.negated().toSeconds()),
                    "allowed are " + config.timestampAge().toSeconds() + " s"));
        } else if (!ends.get().isAfter(arrived)) {
            findings.add(new Finding(
                    Cause.EXPIRED,
                    Long.toString(Duration.between(ends.get(), arrived).toSeconds()),
                    "it was to live for "
                            + Duration.between(begins.get(), ends.get()).toSeconds() + " s"));
        }
    }

    private static String skew(Duration skew) {
        return skew.isNegative()
                ? skew.negated().toSeconds() + " s before it arrived"
                : skew.toSeconds() + " s after it arrived";
    }

    private static String text(Element timestamp, String name) {
        return Parts.child(timestamp, Parts.WSU, name)
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.endsWith("Z") ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
