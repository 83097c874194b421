package org.crmgateway.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.StoredPassword;
import org.jspecify.annotations.Nullable;

/**
 * Compares sent passwords with hashes, a few at a time: a hash takes 19 MiB and much computing, so strangers could exhaust
 * both. A password that was right once is known again at once, by a code under a key of this process; guesses wait for
 * each other, partners do not wait for guesses. Thread-safe.
 */
final class Passwords {
    private static final int WORKERS = 2;
    /** Longer, and the threads of all calls would wait here. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static final int KEY_BYTES = 32;

    private final Semaphore workers = new Semaphore(WORKERS, true);
    private final SecretKeySpec key;
    /** By partner: as many as there are partners. */
    private final Map<String, byte[]> proven = new ConcurrentHashMap<>();

    private final StoredPassword nobodys;

    Passwords(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.nobodys = PasswordHash.of(new char[] {'x'}, random);
    }

    /** Whether this was the partner's password before, and still is. */
    boolean proven(String partner, StoredPassword stored, String sent) {
        byte[] before = proven.get(partner);
        return before != null && MessageDigest.isEqual(before, proof(partner, stored, sent));
    }

    /**
     * Whether {@code sent} is the password; takes as long when there is nobody to compare with.
     *
     * @param stored absent, or of another kind, for one who has no such password
     * @throws Failure OVERLOADED when too many are being compared
     */
    boolean matches(String partner, @Nullable StoredPassword stored, String sent) {
        boolean comparable = stored != null && !stored.forDigest();
        StoredPassword wanted = stored != null && comparable ? stored : nobodys;
        if (!compare(sent, wanted) || !comparable) {
            return false;
        }
        proven.put(partner, proof(partner, wanted, sent));
        return true;
    }

    private boolean compare(String sent, StoredPassword wanted) {
        try {
            if (!workers.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Failure.of(Code.OVERLOADED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Code.OVERLOADED);
        }
        try {
            return PasswordHash.matches(sent.toCharArray(), wanted);
        } finally {
            workers.release();
        }
    }

    private byte[] proof(String partner, StoredPassword stored, String sent) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((partner + "\n" + stored.form() + "\n").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(sent.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
