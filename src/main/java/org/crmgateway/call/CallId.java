package org.crmgateway.call;

import java.util.random.RandomGenerator;

/**
 * The one id of a call: in the answer, the fault, the HTTP header {@link #HEADER}, the log and the audit.
 *
 * @param value 16 digits and capital letters, random
 */
public record CallId(String value) {
    /** The HTTP header that carries it. */
    public static final String HEADER = "X-Call-Id";

    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    public static CallId random(RandomGenerator random) {
        char[] id = new char[16];
        for (int i = 0; i < id.length; i++) {
            id[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new CallId(new String(id));
    }
}
