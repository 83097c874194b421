package org.crmgateway.security;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a message's bytes become characters: byte order mark, then the charset of HTTP, then what the first bytes look
 * like (RFC 7303 section 3.2, XML 1.0 appendix F); UTF-8 and UTF-16 only (WS-I Basic Profile 1.1 R1012). Contradictions are refused:
 * two readers that resolve them differently would see two messages.
 *
 * @param charset never one that looks for a byte order mark itself
 * @param start the first byte after the byte order mark
 */
record Encoding(Charset charset, int start) {
    /**
     * @param declared the {@code charset} parameter of the content type
     * @throws Refusal MALFORMED when the bytes contradict it
     */
    static Encoding of(byte[] message, @Nullable String declared) {
        Encoding found = sniff(message);
        boolean wide = found.charset != StandardCharsets.UTF_8;
        if (declared != null && !declared.equalsIgnoreCase(wide ? "utf-16" : "utf-8")) {
            throw Refusal.malformed("xml.decl");
        }
        return found;
    }

    private static Encoding sniff(byte[] message) {
        int first = at(message, 0) << 8 | at(message, 1);
        return switch (first) {
            case 0xFEFF -> new Encoding(StandardCharsets.UTF_16BE, 2);
            case 0xFFFE -> new Encoding(StandardCharsets.UTF_16LE, 2);
            case 0x003C -> new Encoding(StandardCharsets.UTF_16BE, 0);
            case 0x3C00 -> new Encoding(StandardCharsets.UTF_16LE, 0);
            default -> new Encoding(StandardCharsets.UTF_8, first == 0xEFBB && at(message, 2) == 0xBF ? 3 : 0);
        };
    }

    private static int at(byte[] message, int index) {
        return index < message.length ? message[index] & 0xFF : 0xFF;
    }

    /** Whether the {@code encoding} of an XML declaration says the same; absent says nothing. */
    boolean agrees(@Nullable String xmlDeclaration) {
        if (xmlDeclaration == null) {
            return true;
        }
        String name = xmlDeclaration.toUpperCase(Locale.ROOT);
        return name.equals(charset.name()) || charset != StandardCharsets.UTF_8 && name.equals("UTF-16");
    }

    /** Reads strictly: malformed bytes are an error, never a replacement character. */
    Reader read(byte[] message) {
        return new XmlCharacters(new InputStreamReader(
                new ByteArrayInputStream(message, start, message.length - start),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }
}
