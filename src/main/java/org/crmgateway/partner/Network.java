package org.crmgateway.partner;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses (CIDR, RFC 4632 and RFC 4291 section 2.3), e.g. {@code 10.20.0.0/16}; an address alone is a range
 * of one.
 *
 * @param text as it was written
 */
public record Network(String text, InetAddress base, int prefix) {
    /** Digits, so that no name is ever looked up. */
    private static final Pattern FORM = Pattern.compile("([0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /** @throws IllegalArgumentException unless {@code text} is a range whose bits after the prefix are zero */
    public static Network of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a range of addresses");
        }
        InetAddress base = address(matcher.group(1));
        int bits = base.getAddress().length * 8;
        int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
        Network network = new Network(text, base, prefix);
        if (prefix > bits || !network.clean()) {
            throw new IllegalArgumentException("not a range of addresses");
        }
        return network;
    }

    /**
     * Whether an address is in the range.
     *
     * @param peer in digits, as a socket says it
     */
    public boolean contains(String peer) {
        if (!FORM.matcher(peer).matches()) {
            return false;
        }
        byte[] wanted = base.getAddress();
        byte[] given = address(peer).getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (bit(wanted, bit) != bit(given, bit)) {
                return false;
            }
        }
        return true;
    }

    private boolean clean() {
        byte[] bytes = base.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            if (bit(bytes, bit) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] bytes, int bit) {
        return bytes[bit / 8] >> 7 - bit % 8 & 1;
    }

    private static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
