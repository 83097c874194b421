package org.crmgateway.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.crmgateway.call.Call;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;

/**
 * Opaque cursors: a position, authenticated (HMAC-SHA-256, RFC 2104, cut to 16 bytes) and bound to the partner and to what
 * it asked for. Stateless, so any node can read them.
 */
public final class Cursors {
    private static final int MAC_BYTES = 16;

    private final SecretKeySpec key;

    /** @param key the same on every node and after every start */
    public Cursors(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * A cursor for {@code position}; at most 200 characters for a position of 134 bytes.
     *
     * @param scope what is being read, with its filter
     */
    String issue(Call call, String scope, byte[] position) {
        byte[] token = ByteBuffer.allocate(MAC_BYTES + position.length)
                .put(mac(call, scope, position))
                .put(position)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * The position in a cursor.
     *
     * @throws Failure CURSOR_INVALID unless this very cursor was issued to this partner for this scope
     */
    byte[] open(Call call, String scope, String cursor) {
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Code.CURSOR_INVALID);
        }
        if (token.length < MAC_BYTES) {
            throw Failure.of(Code.CURSOR_INVALID);
        }
        byte[] position = Arrays.copyOfRange(token, MAC_BYTES, token.length);
        if (!MessageDigest.isEqual(Arrays.copyOf(token, MAC_BYTES), mac(call, scope, position))) {
            throw Failure.of(Code.CURSOR_INVALID);
        }
        return position;
    }

    private byte[] mac(Call call, String scope, byte[] position) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (String part : new String[] {call.tenant(), call.partner().name(), scope}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return Arrays.copyOf(mac.doFinal(position), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
