package org.crmgateway.partner;

import java.math.BigDecimal;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A partner in the making; what a test does not care about is as a new partner has it. */
public final class PartnerDraft {
    private String name;
    private String tenant = "main";
    private Set<Dialect> dialects = Set.of(Dialect.MODERN);
    private Set<Operation> rights = EnumSet.allOf(Operation.class);
    private List<X509Certificate> certificates = List.of();
    private Set<Fingerprint> tlsCertificates = Set.of();
    private StoredPassword password;
    private Legacy legacy;
    private boolean encryptFaults;
    private boolean repeatReads;
    private BigDecimal totalTolerance = BigDecimal.ZERO;
    private boolean explain;
    private PartnerLimits limits = PartnerLimits.NONE;
    private Partner.State state = Partner.State.ACTIVE;

    private PartnerDraft(String name) {
        this.name = name;
    }

    /** An active partner of the tenant {@code main} in the dialect {@code modern}, with every right and no certificate. */
    public static PartnerDraft named(String name) {
        return new PartnerDraft(name);
    }

    public static PartnerDraft like(Partner partner) {
        PartnerDraft draft = new PartnerDraft(partner.name());
        draft.tenant = partner.tenant();
        draft.dialects = partner.dialects();
        draft.rights = partner.rights();
        draft.certificates = partner.certificates();
        draft.tlsCertificates = partner.protection().tlsCertificates();
        draft.password = partner.protection().password();
        draft.legacy = partner.protection().legacy();
        draft.encryptFaults = partner.protection().encryptFaults();
        draft.repeatReads = partner.protection().repeatReads();
        draft.totalTolerance = partner.totalTolerance();
        draft.explain = partner.explain();
        draft.limits = partner.limits();
        draft.state = partner.state();
        return draft;
    }

    /** The same under another name, in another tenant. */
    public PartnerDraft named(String other, String otherTenant) {
        name = other;
        tenant = otherTenant;
        return this;
    }

    public PartnerDraft tenant(String other) {
        tenant = other;
        return this;
    }

    public PartnerDraft dialects(Dialect... only) {
        dialects = Set.of(only);
        return this;
    }

    public PartnerDraft rights(Operation... only) {
        rights = Set.of(only);
        return this;
    }

    public PartnerDraft certificates(X509Certificate... only) {
        certificates = Arrays.asList(only);
        return this;
    }

    public PartnerDraft tlsCertificates(X509Certificate... only) {
        tlsCertificates = Arrays.stream(only).map(Fingerprint::of).collect(Collectors.toSet());
        return this;
    }

    public PartnerDraft password(StoredPassword stored) {
        password = stored;
        return this;
    }

    public PartnerDraft legacy(LocalDate until, String... networks) {
        legacy = new Legacy(until, Arrays.stream(networks).map(Network::of).toList());
        return this;
    }

    public PartnerDraft encryptFaults() {
        encryptFaults = true;
        return this;
    }

    public PartnerDraft repeatReads() {
        repeatReads = true;
        return this;
    }

    public PartnerDraft totalTolerance(BigDecimal tolerance) {
        totalTolerance = tolerance;
        return this;
    }

    public PartnerDraft limits(PartnerLimits other) {
        limits = other;
        return this;
    }

    public PartnerDraft explain(boolean allowed) {
        explain = allowed;
        return this;
    }

    public PartnerDraft state(Partner.State other) {
        state = other;
        return this;
    }

    public Partner partner() {
        Protection protection =
                new Protection(dialects, certificates, tlsCertificates, password, legacy, encryptFaults, repeatReads);
        return new Partner(name, tenant, rights, protection, totalTolerance, explain, limits, state);
    }
}
