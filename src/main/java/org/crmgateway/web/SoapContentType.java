package org.crmgateway.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which content types carry a message (SOAP 1.1 section 6, SOAP 1.2 part 2 section 7, RFC 9110 section 8.3). */
final class SoapContentType {
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf-16");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*([!-~&&[^=;\"]]++)=(?:\"([^\"\\\\]*+)\"|([!-~&&[^;\"]]*+))");

    private SoapContentType() {}

    /**
     * Whether a message of this type may be read. Multipart never is: a browser's form can send it to anyone.
     *
     * @param fields every {@code Content-Type} of the request
     */
    static boolean fits(List<String> fields, boolean soap12) {
        if (fields.size() != 1) {
            return false;
        }
        String field = fields.get(0).strip();
        int end = field.indexOf(';');
        String type = (end < 0 ? field : field.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals(soap12 ? "application/soap+xml" : "text/xml")
                && (end < 0 || charsetFits(field.substring(end)));
    }

    /** None, or one we read. Parameters that cannot be told apart might hide another. */
    private static boolean charsetFits(String parameters) {
        Matcher matcher = PARAMETER.matcher(parameters);
        int charsets = 0;
        int read = 0;
        while (matcher.lookingAt()) {
            if (matcher.group(1).equalsIgnoreCase("charset")) {
                String charset = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                if (!CHARSETS.contains(charset.toLowerCase(Locale.ROOT))) {
                    return false;
                }
                charsets++;
            }
            read = matcher.end();
            matcher.region(read, parameters.length());
        }
        return charsets <= 1 && parameters.substring(read).replace(";", "").isBlank();
    }
}
