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
 * @param dialects the ways its messages may be secured
 * @param rights the operations it may call
 * @param certificates the certificates it signs with; answers are encrypted to the one that signed the request
 * @param encryptFaults whether faults after verification are encrypted too (Rampart 1.7 needs it)
 * @param repeatReads whether byte-identical reads within one second are answered (clients with whole-second timestamps)
 * @param totalTolerance how far a sent order total may lie from ours, in the order's currency
 * @param explain whether it may be told why its own messages were refused
 * @param state whether it may call at all
 */
public record Partner(
        String name,
        String tenant,
        Set<Dialect> dialects,
        Set<Operation> rights,
        List<X509Certificate> certificates,
        boolean encryptFaults,
        boolean repeatReads,
        BigDecimal totalTolerance,
        boolean explain,
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
        dialects = Set.copyOf(dialects);
        rights = Set.copyOf(rights);
        certificates = List.copyOf(certificates);
    }

    /** One that is told no more than everybody. */
    public Partner(
            String name,
            String tenant,
            Set<Dialect> dialects,
            Set<Operation> rights,
            List<X509Certificate> certificates,
            boolean encryptFaults,
            boolean repeatReads,
            BigDecimal totalTolerance,
            State state) {
        this(name, tenant, dialects, rights, certificates, encryptFaults, repeatReads, totalTolerance, false, state);
    }

    /** The same partner in another state. */
    public Partner in(State other) {
        return new Partner(
                name,
                tenant,
                dialects,
                rights,
                certificates,
                encryptFaults,
                repeatReads,
                totalTolerance,
                explain,
                other);
    }

    /** Whether the partner may call through {@code dialect} now. */
    public boolean mayUse(Dialect dialect) {
        return state == State.ACTIVE && dialects.contains(dialect);
    }

    public boolean mayCall(Operation operation) {
        return rights.contains(operation);
    }
}
