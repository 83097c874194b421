package org.crmgateway.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers of any size, and sizes in bytes as people write them: {@code 512KiB}, {@code 4MiB}, {@code 1GiB}. */
final class SizeText {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(KiB|MiB|GiB)");

    private SizeText() {}

    /** @throws IllegalArgumentException unless {@code text} is a whole number or a size */
    static long read(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            return Long.parseLong(text.strip());
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KiB" -> amount << 10;
            case "MiB" -> amount << 20;
            default -> amount << 30;
        };
    }
}
