package org.crmgateway.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crmgateway.failure.OperatorError;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Whose address counts: the peer's, unless the peer is a proxy the operator trusts; then the last address in
 * {@code X-Forwarded-For} that is no such proxy. What stands before it anyone may have written.
 */
final class ClientAddresses {
    private static final String FORWARDED = "X-Forwarded-For";
    private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F:.]{2,45}(/\\d{1,3})?");
    /** With a port, as some proxies write it. Nothing that a name server would be asked for. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d+)?|\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");

    private final InetAddressSet proxies = new InetAddressSet();

    /**
     * @param proxies networks such as {@code 10.0.0.0/8}
     * @throws OperatorError when one is none
     */
    ClientAddresses(List<String> proxies) {
        for (String network : proxies) {
            try {
                if (!NETWORK.matcher(network).matches() || !this.proxies.add(network)) {
                    throw new IllegalArgumentException("no network");
                }
            } catch (IllegalArgumentException e) {
                throw new OperatorError(
                        "web.trusted-proxies: every value must be an address or a network such as 10.0.0.0/8.", e);
            }
        }
    }

    boolean proxy(InetAddress address) {
        return proxies.test(address);
    }

    /** Where a request comes from; nothing when it does not come over a network. */
    Optional<InetAddress> of(Request request) {
        Optional<InetAddress> peer = peer(request);
        if (peer.isEmpty() || !proxy(peer.get())) {
            return peer;
        }
        InetAddress last = peer.get();
        List<String> hops = request.getHeaders().getValuesList(FORWARDED).stream()
                .flatMap(line -> Pattern.compile(",").splitAsStream(line))
                .toList();
        for (int i = hops.size() - 1; i >= 0 && proxy(last); i--) {
            Optional<InetAddress> hop = parse(hops.get(i).strip());
            if (hop.isEmpty()) {
                break;
            }
            last = hop.get();
        }
        return Optional.of(last);
    }

    static Optional<InetAddress> peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                ? Optional.ofNullable(peer.getAddress())
                : Optional.empty();
    }

    private static Optional<InetAddress> parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String literal = matcher.group(1) != null
                ? matcher.group(1)
                : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
