package org.crmgateway.security;

import java.time.Clock;
import java.util.List;
import org.apache.cxf.binding.soap.interceptor.SoapInterceptor;
import org.crmgateway.database.Database;
import org.crmgateway.partner.Dialect;
import org.crmgateway.registry.Registry;

/** Makes the interceptors that protect an endpoint, of the parts they share. */
public final class Gates {
    private final KeyRing keys;
    private final Registry registry;
    private final ReplayGuard replays;
    private final SecurityConfig config;
    private final Clock clock;
    private final RefusedMessages refused;

    public Gates(KeyRing keys, Registry registry, Database database, SecurityConfig config, Clock clock) {
        this.keys = keys;
        this.registry = registry;
        this.replays = new ReplayGuard(database, config, clock);
        this.config = config;
        this.clock = clock;
        this.refused = new RefusedMessages(config.explainMemory());
    }

    /** Decrypts and verifies; nothing in a dialect without security. */
    public List<SoapInterceptor> verification(Dialect dialect) {
        return dialect.secured() ? List.of(new InboundSecurity(dialect, keys, config, clock)) : List.of();
    }

    /** Decides who the caller is, and puts the {@link org.crmgateway.call.Call} on the exchange. */
    public SoapInterceptor gate(EndpointAddress endpoint) {
        return endpoint.dialect().secured()
                ? new PartnerGate(endpoint, registry, replays, clock)
                : new SandboxGate(endpoint, registry, config);
    }

    /** Signs and encrypts answers; the same for out and fault. */
    public SoapInterceptor protection() {
        return new OutboundSecurity(keys);
    }

    /** What was refused lately, to be explained. */
    public RefusedMessages refused() {
        return refused;
    }

    /** Lets the replay guard forget what is too old to come again; to be called every minute. */
    public int purge() {
        return replays.purge();
    }
}
