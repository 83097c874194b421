package org.crmgateway.call;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
public record Digest(String value) {
    public Digest {
        if (value.length() != 64) {
            throw new IllegalArgumentException("not a SHA-256 digest");
        }
    }

    public static Digest of(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    /** The digest that {@code finished} has computed. */
    public static Digest of(MessageDigest finished) {
        return hex(finished.digest());
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Digest hex(byte[] digest) {
        return new Digest(HexFormat.of().formatHex(digest));
    }
}
