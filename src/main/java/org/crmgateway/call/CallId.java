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

    /** How the ids of the gateway's calls to itself begin; no other does, since there is no L among the characters. */
    private static final String SELF_TEST = "SELFTEST";

    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    public static CallId random(RandomGenerator random) {
        return new CallId(characters(16, random));
    }

    /** Of a call that the gateway makes to itself at start. */
    public static CallId selfTest(RandomGenerator random) {
        return new CallId(SELF_TEST + characters(16 - SELF_TEST.length(), random));
    }

    public boolean ofSelfTest() {
        return value.startsWith(SELF_TEST);
    }

    private static String characters(int count, RandomGenerator random) {
        char[] characters = new char[count];
        for (int i = 0; i < count; i++) {
            characters[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(characters);
    }
}
