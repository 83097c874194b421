package org.crmgateway.partner;

import java.math.BigDecimal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * An ERP account.
 *
 * @param name unique among all partners, e.g. {@code erp-hamburg}; at most 40 of {@code a-z 0-9 -}
 * @param tenant whose records the partner sees; partners of one tenant share them
 * @param rights the operations it may call
 * @param protection how its messages are secured
 * @param totalTolerance how far a sent order total may lie from ours, in the order's currency
 * @param explain whether it may be told why its own messages were refused
 * @param limits how much it may call
 * @param state whether it may call at all
 */
public record Partner(
        String name,
        String tenant,
        Set<Operation> rights,
        Protection protection,
        BigDecimal totalTolerance,
        boolean explain,
        PartnerLimits limits,
        State state) {

    /** Whether a partner may call; set by the operator and never lifted by a file. */
    public enum State {
        ACTIVE,
        SUSPENDED,
        REVOKED
    }

    public Partner {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("a partner's name is 1 to 40 of a-z, 0-9 and '-'");
        }
        if (!tenant.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("a tenant's name is 1 to 40 of a-z, 0-9 and '-'");
        }
        if (totalTolerance.signum() < 0) {
            throw new IllegalArgumentException("total-tolerance is not negative");
        }
        rights = Set.copyOf(rights);
    }

    /** An active one without limits, that is told no more than everybody, and must compute as we do. */
    public Partner(String name, String tenant, Set<Operation> rights, Protection protection) {
        this(name, tenant, rights, protection, BigDecimal.ZERO, false, PartnerLimits.NONE, State.ACTIVE);
    }

    /** The same partner in another state. */
    public Partner in(State other) {
        return new Partner(name, tenant, rights, protection, totalTolerance, explain, limits, other);
    }

    /** The same partner, secured in another way. */
    public Partner with(Protection other) {
        return new Partner(name, tenant, rights, other, totalTolerance, explain, limits, state);
    }

    /** The ways its messages may be secured. */
    public Set<Dialect> dialects() {
        return protection.dialects();
    }

    /** The certificates it signs with. */
    public List<X509Certificate> certificates() {
        return protection.certificates();
    }

    /** The same partner with these certificates. */
    public Partner with(List<X509Certificate> others) {
        return with(protection.with(others));
    }

    /** Whether the partner may call through {@code dialect} now. */
    public boolean mayUse(Dialect dialect) {
        return state == State.ACTIVE && dialects().contains(dialect);
    }

    public boolean mayCall(Operation operation) {
        return rights.contains(operation);
    }
}
