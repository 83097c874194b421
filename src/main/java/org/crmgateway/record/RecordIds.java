package org.crmgateway.record;

import java.time.Clock;
import java.util.random.RandomGenerator;

/** Makes our ids: 20 digits and capital letters (ERP columns hold that), rising with time so that indexes stay compact. */
public final class RecordIds {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_CHARACTERS = 9;
    private static final int LENGTH = 20;

    private final Clock clock;
    private final RandomGenerator random;

    public RecordIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    String next(RecordKind kind) {
        char[] id = new char[LENGTH];
        id[0] = kind.initial();
        long millis = clock.millis();
        for (int i = TIME_CHARACTERS; i >= 1; i--) {
            id[i] = ALPHABET[(int) (millis & 31)];
            millis >>>= 5;
        }
        for (int i = TIME_CHARACTERS + 1; i < LENGTH; i++) {
            id[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(id);
    }
}
