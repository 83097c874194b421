package org.crmgateway.registry;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.crmgateway.audit.AuditEvent;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;

/**
 * The partners as the database knows them. A change made on another node is seen within two seconds; when the
 * database is away, nobody is let in. Thread-safe.
 */
public final class Registry {
    private final Database database;
    private final AuditTrail audit;
    private final Clock clock;
    private final PartnerTable table = new PartnerTable();
    private final KnownPartners known;

    public Registry(Database database, AuditTrail audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.known = new KnownPartners(database, table, clock);
    }

    /**
     * The partner that signs with this certificate, whatever its state.
     *
     * @throws Failure OVERLOADED when the database is away
     */
    public Optional<Partner> withCertificate(Fingerprint fingerprint) {
        return known.now().withCertificate(fingerprint);
    }

    /** @throws Failure OVERLOADED when the database is away */
    public Optional<Partner> named(String name) {
        return known.now().named(name);
    }

    /** Every registered certificate of a partner that may call. */
    public List<X509Certificate> certificates() {
        return known.now().certificates();
    }

    /**
     * Whether a partner that may call has this TLS client certificate.
     *
     * @throws Failure OVERLOADED when the database is away
     */
    public boolean knowsTls(Fingerprint fingerprint) {
        return known.now().tlsCertificates().contains(fingerprint);
    }

    /**
     * The partners that may call and have this TLS client certificate.
     *
     * @throws Failure OVERLOADED when the database is away
     */
    public List<Partner> withTls(Fingerprint fingerprint) {
        return known.now().byName().values().stream()
                .filter(partner -> partner.state() == Partner.State.ACTIVE)
                .filter(partner -> partner.protection().tlsCertificates().contains(fingerprint))
                .toList();
    }

    /**
     * The partners that may call in a dialect, as this node knows them.
     *
     * @throws Failure OVERLOADED when the database is away
     */
    public List<Partner> speaking(Dialect dialect) {
        return known.now().byName().values().stream()
                .filter(partner -> partner.mayUse(dialect))
                .toList();
    }

    /** All partners by name, as the database knows them now. */
    public List<Partner> list() {
        return database.reading(table::all);
    }

    /**
     * Makes partners what files say, all or none, but leaves those whose very content was applied before: a file that lies in a
     * folder for ever must not undo, at the next start, what was changed since. Their states stay.
     *
     * @param declared with the digest of each file; {@code state} counts for a new partner only
     * @return those that were made or changed
     * @throws OperatorError when one names a certificate of another partner, or would change its tenant
     */
    public List<Partner> apply(Map<Partner, Digest> declared) {
        return change(tx -> {
            List<Partner> changed = new ArrayList<>();
            declared.forEach((partner, content) -> {
                if (!table.applied(tx, partner.name(), content)) {
                    write(tx, partner, content);
                    changed.add(partner);
                }
            });
            return changed;
        });
    }

    /**
     * Makes partners what files say, whatever was applied before: for the operator who asks for it now.
     *
     * @see #apply
     */
    public void replace(Map<Partner, Digest> declared) {
        change(tx -> {
            declared.forEach((partner, content) -> write(tx, partner, content));
            return List.copyOf(declared.keySet());
        });
    }

    /** Shuts a partner out until {@link #resume}. Takes effect on every node within two seconds. */
    public void suspend(String name) {
        enter(name, Partner.State.SUSPENDED);
    }

    /** Shuts a partner out for good. */
    public void revoke(String name) {
        enter(name, Partner.State.REVOKED);
    }

    /** Lets a suspended partner call again. */
    public void resume(String name) {
        enter(name, Partner.State.ACTIVE);
    }

    private void write(Tx tx, Partner declared, Digest content) {
        Instant now = clock.instant();
        Optional<Partner> before = find(tx, declared.name());
        before.filter(partner -> !partner.tenant().equals(declared.tenant())).ifPresent(partner -> {
            throw new OperatorError("Partner " + partner.name() + " belongs to tenant " + partner.tenant()
                    + " and its records stay there. Give the partner of tenant " + declared.tenant()
                    + " another name.");
        });
        for (X509Certificate certificate : declared.certificates()) {
            requireFree(tx, declared.name(), Fingerprint.of(certificate));
        }
        Partner after = before.map(partner -> declared.in(partner.state())).orElse(declared);
        if (before.isPresent()) {
            table.update(tx, after, now);
        } else {
            table.insert(tx, after, now);
        }
        table.replaceCertificates(tx, after);
        if (!table.applied(tx, after.name(), content)) {
            table.remember(tx, after, content, now);
        }
        note(tx, after, AuditEvent.APPLIED);
    }

    private void requireFree(Tx tx, String name, Fingerprint fingerprint) {
        table.ownerOf(tx, fingerprint).filter(owner -> !owner.equals(name)).ifPresent(owner -> {
            throw new OperatorError("The certificate " + fingerprint.value() + " of partner " + name
                    + " belongs to partner " + owner + ". A certificate identifies one partner: give " + name
                    + " a key of its own.");
        });
    }

    private void enter(String name, Partner.State state) {
        change(tx -> {
            Partner partner =
                    find(tx, name).orElseThrow(() -> new OperatorError("There is no partner called " + name + "."));
            if (partner.state() == state) {
                return List.of();
            }
            if (partner.state() == Partner.State.REVOKED) {
                throw new OperatorError("Partner " + name
                        + " is revoked, and that is for good. Apply it under another name, with another key.");
            }
            table.update(tx, partner.in(state), clock.instant());
            note(
                    tx,
                    partner,
                    switch (state) {
                        case ACTIVE -> AuditEvent.RESUMED;
                        case SUSPENDED -> AuditEvent.SUSPENDED;
                        case REVOKED -> AuditEvent.REVOKED;
                    });
            return List.of(partner);
        });
    }

    private void note(Tx tx, Partner partner, AuditEvent event) {
        audit.append(tx, partner.tenant(), partner.name(), event, table.version(tx, partner.name()));
    }

    private Optional<Partner> find(Tx tx, String name) {
        return table.all(tx).stream()
                .filter(partner -> partner.name().equals(name))
                .findFirst();
    }

    /** One change at a time, on whatever node; this node sees it at once. */
    private List<Partner> change(Function<Tx, List<Partner>> change) {
        List<Partner> changed = database.inTransaction(tx -> {
            table.begin(tx);
            List<Partner> done = change.apply(tx);
            if (done.isEmpty()) {
                tx.discard();
            }
            return done;
        });
        known.forget();
        return changed;
    }
}
