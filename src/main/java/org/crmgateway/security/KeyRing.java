package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import org.crmgateway.registry.Registry;

/** The gateway's keys for messages, which may be replaced while it serves: each message meets one set of them. Thread-safe. */
public final class KeyRing {
    private final Registry registry;
    private final Clock clock;
    private volatile OwnKeys own;

    public KeyRing(OwnKeys own, Registry registry, Clock clock) {
        this.own = own;
        this.registry = registry;
        this.clock = clock;
    }

    public OwnKeys own() {
        return own;
    }

    /** From the next message on. */
    public void replace(OwnKeys other) {
        own = other;
    }

    /** The certificate that partners encrypt to. */
    public X509Certificate certificate() {
        return own.recipient(clock.instant()).certificate();
    }

    /** The certificate whose key signs answers. */
    public X509Certificate signingCertificate() {
        return own.signer(clock.instant()).certificate();
    }

    /** For one message. */
    MessageKeys now() {
        OwnKeys keys = own;
        Instant now = clock.instant();
        return new MessageKeys(keys.decrypting(now), registry);
    }
}
