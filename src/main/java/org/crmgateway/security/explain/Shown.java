package org.crmgateway.security.explain;

import java.util.Base64;
import java.util.HexFormat;
import org.w3c.dom.Element;

/** What comes from a stranger's message, made harmless for a terminal: one line, no control characters, not long. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String text(String foreign) {
        StringBuilder shown = new StringBuilder();
        foreign.codePoints().limit(LONGEST).forEach(character -> {
            boolean harmless = character >= ' '
                    && character != 0x7F
                    && !Character.isISOControl(character)
                    && Character.getType(character) != Character.FORMAT
                    && Character.getType(character) != Character.LINE_SEPARATOR
                    && Character.getType(character) != Character.PARAGRAPH_SEPARATOR;
            shown.appendCodePoint(harmless ? character : '?');
        });
        return foreign.codePointCount(0, foreign.length()) > LONGEST ? shown + "…" : shown.toString();
    }

    /** What people call it: {@code Body}, {@code wsa:To}. */
    static String name(Element element) {
        String local = String.valueOf(element.getLocalName());
        boolean addressing = String.valueOf(element.getNamespaceURI()).contains("addressing");
        return text(addressing ? "header wsa:" + local : local);
    }

    /** The end of an algorithm's URI, which is what toolkits call it. */
    static String algorithm(String uri) {
        String name = uri.endsWith("#") ? uri.substring(0, uri.length() - 1) : uri;
        int end = Math.max(name.lastIndexOf('#'), name.lastIndexOf('/'));
        return name.isEmpty() ? "none" : text(name.substring(end + 1));
    }

    /** As digests stand in messages. */
    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
