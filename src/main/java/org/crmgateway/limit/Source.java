package org.crmgateway.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Where messages come from, as far as limits tell: an IPv4 address, or the /64 network of an IPv6 address, since whoever has
 * one address of it has all.
 */
public record Source(String network) {
    public static Source of(InetAddress address) {
        return new Source(
                address instanceof Inet6Address
                        ? HexFormat.ofDelimiter(":").formatHex(address.getAddress(), 0, 8) + "/64"
                        : address.getHostAddress());
    }
}
