package org.crmgateway.security;

import java.io.CharConversionException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Lets only characters of XML 1.0 (section 2.2) pass where Woodstox looks away: U+FFFE and U+FFFF inside text, and a second
 * byte order mark. Such a value would be stored, and then break every answer that holds it.
 */
final class XmlCharacters extends FilterReader {
    private boolean first = true;

    XmlCharacters(Reader in) {
        super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        for (int i = offset; i < offset + count; i++) {
            if (buffer[i] >= '\uFFFE') {
                throw new CharConversionException("not a character of XML");
            }
        }
        if (first && count > 0) {
            first = false;
            if (buffer[offset] == '\uFEFF') {
                throw new CharConversionException("a second byte order mark");
            }
        }
        return count;
    }
}
