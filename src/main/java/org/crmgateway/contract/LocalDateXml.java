package org.crmgateway.contract;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An {@code xs:date} without a zone (XML Schema Part 2, section 3.2.9) as a calendar day. */
public final class LocalDateXml extends XmlAdapter<String, LocalDate> {
    @Override
    public @Nullable LocalDate unmarshal(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text.strip());
    }

    @Override
    public @Nullable String marshal(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }
}
