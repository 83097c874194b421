package org.crmgateway.partner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A partner's password as it is kept: a hash to compare a sent password with, or, for clients that send only a digest of it,
 * the password itself, encrypted under a key of the gateway. Never the password.
 *
 * @param form {@code $argon2id$…} (the PHC string format) or {@code $aes-256-gcm$…}
 */
public record StoredPassword(String form) {
    /** How the form of an encrypted one begins. */
    public static final String ENCRYPTED = "$aes-256-gcm$";

    /** What comparing may cost; another program's hash can ask for any amount. */
    private static final int MOST_KIBIBYTES = 64 * 1024;

    private static final int MOST_PASSES = 10;
    private static final int MOST_LANES = 4;
    private static final Pattern HASH = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{4,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$[A-Za-z0-9+/]{22,86}\\$[A-Za-z0-9+/]{43,86}");
    private static final Pattern SEALED = Pattern.compile("\\$aes-256-gcm\\$[A-Za-z0-9+/]{38,400}");

    public StoredPassword {
        Matcher hash = HASH.matcher(form);
        boolean bearable = hash.matches()
                && Integer.parseInt(hash.group(1)) <= MOST_KIBIBYTES
                && Integer.parseInt(hash.group(2)) <= MOST_PASSES
                && Integer.parseInt(hash.group(3)) <= MOST_LANES;
        if (!bearable && !SEALED.matcher(form).matches()) {
            throw new IllegalArgumentException("neither an Argon2id hash nor an encrypted password");
        }
    }

    /** Whether the partner sends a digest of its password, never the password. */
    public boolean forDigest() {
        return form.startsWith(ENCRYPTED);
    }

    /** Not the form: even a hash is nobody's business. */
    @Override
    public String toString() {
        return forDigest() ? "encrypted password" : "hash of a password";
    }
}
