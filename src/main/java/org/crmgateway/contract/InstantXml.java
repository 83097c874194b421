package org.crmgateway.contract;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An {@code xs:dateTime} with its offset (XML Schema Part 2, section 3.2.7) as a moment in milliseconds, which is all that both
 * databases and the callers keep alike; always written in UTC.
 */
public final class InstantXml extends XmlAdapter<String, Instant> {
    @Override
    public @Nullable Instant unmarshal(@Nullable String text) {
        return text == null
                ? null
                : OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public @Nullable String marshal(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
