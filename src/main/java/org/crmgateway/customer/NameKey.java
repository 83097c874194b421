package org.crmgateway.customer;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * The form of a name that searches compare: NFKC (Unicode annex 15), case folded, as UTF-8, whose binary order is that of its
 * characters in every database.
 */
final class NameKey {
    /** As much of the key as a cursor can carry. */
    static final int SORT_BYTES = 100;

    private NameKey() {}

    static byte[] of(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                // Java looks at the place in the word; a name and the beginning of it must agree.
                .replace('ς', 'σ');
        return Normalizer.normalize(folded, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sort(byte[] key) {
        return Arrays.copyOf(key, Math.min(key.length, SORT_BYTES));
    }

    /** The first key after all that begin with {@code prefix}: UTF-8 has no byte 0xFF. */
    static byte[] end(byte[] prefix) {
        byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
        end[prefix.length] = (byte) 0xFF;
        return end;
    }
}
