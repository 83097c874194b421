package org.crmgateway.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.util.UsernameTokenUtil;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.StoredPassword;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a user name and a password, or the digest of one, are a partner's. Who fails often from one place waits;
 * one whose password was right before is let in all the same, so that nobody can shut a partner out. Thread-safe.
 */
final class Logins {
    private static final byte[] NOBODYS_PASSWORD = "nobody".getBytes(StandardCharsets.UTF_8);

    private final Passwords passwords;
    private final PasswordVault vault;
    private final BackOff backOff;

    Logins(PasswordVault vault, Clock clock) {
        this.passwords = new Passwords(new SecureRandom());
        this.vault = vault;
        this.backOff = new BackOff(clock);
    }

    /**
     * The partner whose password this is.
     *
     * @param named the partner of that name, if there is one
     * @throws Refusal when it is not, or the partner may not use the dialect
     */
    Partner partner(UsernameToken token, Optional<Partner> named, Dialect dialect, Peer peer) {
        Partner allowed = named.filter(partner -> partner.mayUse(dialect)).orElse(null);
        StoredPassword stored = allowed == null ? null : allowed.protection().password();
        boolean right = token.digest() ? digestMatches(token, stored, peer) : textMatches(token, stored, peer);
        if (!right || allowed == null) {
            backOff.failed(token.name(), peer.address());
            throw Refusal.security(named.isPresent() && allowed == null ? "sec.partner.state" : "sec.ut.password");
        }
        backOff.succeeded(token.name(), peer.address());
        return allowed;
    }

    private boolean textMatches(UsernameToken token, @Nullable StoredPassword stored, Peer peer) {
        if (stored != null && passwords.proven(token.name(), stored, token.password())) {
            return true;
        }
        requirePatience(token, peer);
        return passwords.matches(token.name(), stored, token.password());
    }

    private boolean digestMatches(UsernameToken token, @Nullable StoredPassword stored, Peer peer) {
        byte[] nonce = token.nonce();
        String created = token.created();
        if (nonce == null || created == null) {
            throw Refusal.security("sec.ut.digest");
        }
        boolean comparable = stored != null && stored.forDigest();
        byte[] password = stored != null && comparable ? vault.open(token.name(), stored) : NOBODYS_PASSWORD;
        boolean equal = MessageDigest.isEqual(
                digest(nonce, created, password).getBytes(StandardCharsets.US_ASCII),
                token.password().strip().getBytes(StandardCharsets.UTF_8));
        if (equal && comparable) {
            return true;
        }
        requirePatience(token, peer);
        return false;
    }

    private void requirePatience(UsernameToken token, Peer peer) {
        if (backOff.waits(token.name(), peer.address())) {
            throw Refusal.security("sec.ut.wait");
        }
    }

    /** Base64 of SHA-1 over nonce, time and password (Username Token Profile 1.1.1, section 3.1). */
    private static String digest(byte[] nonce, String created, byte[] password) {
        try {
            return UsernameTokenUtil.doPasswordDigest(nonce, created, password);
        } catch (WSSecurityException e) {
            throw Refusal.unexpected("sec.ut.digest", e);
        }
    }
}
