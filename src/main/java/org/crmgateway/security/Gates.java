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
    private final Revocations revocations;
    private final Logins logins;
    private final Notices notices;
    private final SecurityConfig config;
    private final Clock clock;
    private final RefusedMessages refused;

    public Gates(
            KeyRing keys,
            Revocations revocations,
            Registry registry,
            Database database,
            SecurityConfig config,
            Clock clock) {
        this.keys = keys;
        this.registry = registry;
        this.replays = new ReplayGuard(database, config, clock);
        this.revocations = revocations;
        this.notices = new Notices(keys, clock);
        this.logins = new Logins(new PasswordVault(config.passwordKey()), clock);
        this.config = config;
        this.clock = clock;
        this.refused = new RefusedMessages(config.explainMemory());
    }

    /** Decrypts and verifies; nothing in a dialect without security. */
    public List<SoapInterceptor> verification(Dialect dialect) {
        return dialect.signed() ? List.of(new InboundSecurity(dialect, keys, config, clock)) : List.of();
    }

    /** Stands before everything else of a dialect that not everyone may even try. */
    public List<SoapInterceptor> door(Dialect dialect) {
        return dialect == Dialect.LEGACY_2005 ? List.of(new LegacyDoor(registry, clock)) : List.of();
    }

    /** Decides who the caller is, and puts the {@link org.crmgateway.call.Call} on the exchange. */
    public SoapInterceptor gate(EndpointAddress endpoint) {
        return switch (endpoint.dialect()) {
            case MODERN, COMPATIBLE, LEGACY_2005 ->
                new PartnerGate(endpoint, registry, replays, revocations, notices, clock);
            case USERNAME_TLS ->
                new UsernameGate(
                        endpoint,
                        new Admission(endpoint, notices),
                        registry,
                        logins,
                        replays,
                        new TimestampWindow(config, clock));
            case SANDBOX -> new SandboxGate(endpoint, registry, notices, config);
        };
    }

    /** Signs and encrypts answers and faults. */
    public OutboundSecurity outbound() {
        return new OutboundSecurity(keys, clock);
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
