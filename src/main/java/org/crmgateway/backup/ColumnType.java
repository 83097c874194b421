package org.crmgateway.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The kinds of values that columns hold, and how each looks in JSON; docs/export-format.md describes them. */
enum ColumnType {
    TEXT,
    INTEGER,
    LONG,
    BOOLEAN,
    TIME,
    DATE,
    BYTES;

    /** A column's value as JSON has it; times and dates as in ISO 8601, bytes in Base64. */
    @Nullable
    Object toJson(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (this) {
            case TEXT, INTEGER, LONG, BOOLEAN -> value;
            case TIME, DATE -> value.toString();
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
        };
    }

    /**
     * The other way round.
     *
     * @throws RuntimeException when {@code json} is no value of this kind
     */
    @Nullable
    Object fromJson(@Nullable Object json) {
        if (json == null) {
            return null;
        }
        return switch (this) {
            case TEXT -> (String) json;
            case INTEGER -> Math.toIntExact(((Number) json).longValue());
            case LONG -> ((Number) json).longValue();
            case BOOLEAN -> (Boolean) json;
            case TIME -> Instant.parse((String) json);
            case DATE -> LocalDate.parse((String) json);
            case BYTES -> Base64.getDecoder().decode((String) json);
        };
    }
}
