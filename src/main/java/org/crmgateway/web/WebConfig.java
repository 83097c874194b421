package org.crmgateway.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The ports that listen, and what they bear. */
@ConfigMapping(prefix = "web")
public interface WebConfig {
    /** Address the services listen on; {@code 0.0.0.0} for every network of this machine. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port of the services and of the contract pages; 0 takes a free one. */
    @WithDefault("8080")
    int port();

    /**
     * The address callers use, written into WSDLs and pages; behind a proxy, the proxy's. Never taken from a request. Without
     * it: {@code https} and the TLS port where there is one, else {@code http}, and host and port above.
     */
    Optional<URI> publicUrl();

    /** TLS on a port of its own. */
    TlsConfig tls();

    /** Connections at once; when all are taken, the oldest of a stranger is closed for the next. */
    @WithDefault("1000")
    int maxConnections();

    /**
     * Connections at once from one source (an IPv4 address or an IPv6 /64 network) that is a stranger; five times as many
     * once a call from there has been let in.
     */
    @WithDefault("100")
    int connectionsPerSource();

    /** New connections a second from one source that is a stranger; five times as many from a known one. */
    @WithDefault("50")
    int connectionRatePerSource();

    /**
     * Messages a minute from one source that are refused for their shape or security; ten times as many from a known one.
     * Beyond, the source is answered 503 unread for a while.
     */
    @WithDefault("20")
    int refusalsPerMinute();

    /** Proxies whose {@code X-Forwarded-For} is believed: addresses and networks such as {@code 10.0.0.0/8}. */
    Optional<List<String>> trustedProxies();

    /** Calls worked on at once; more wait. */
    @WithDefault("32")
    int threads();

    /** How long a connection may be silent before it is closed. */
    @WithDefault("PT30S")
    Duration idleTimeout();

    /** How long a request may take, from the end of its head to the last byte of its answer; then the connection is cut. */
    @WithDefault("PT30S")
    Duration requestDeadline();

    /**
     * How long calls are still served after the gateway was told to stop, while readiness says no and each answer ends its
     * connection: what a load balancer needs to notice.
     */
    @WithDefault("PT2S")
    Duration stopNotice();

    /** Size of a message at most, in bytes. The contract promises 4 MiB. */
    @WithDefault("4MiB")
    long messageSize();

    /**
     * Memory of all messages being received or worked on, in bytes; beyond it a call is answered 503. Without it: an eighth
     * of the heap.
     */
    Optional<Long> messageMemory();

    /** Address of the admin port; it has no access control, so keep it from other networks. */
    @WithDefault("127.0.0.1")
    String adminHost();

    /** Port of health and metrics; 0 takes a free one. */
    @WithDefault("8081")
    int adminPort();
}
