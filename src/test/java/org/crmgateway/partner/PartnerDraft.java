package org.crmgateway.partner;

import java.math.BigDecimal;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A partner in the making; what a test does not care about is as a new partner has it. */
public final class PartnerDraft {
    private final String name;
    private String tenant = "main";
    private Set<Dialect> dialects = Set.of(Dialect.MODERN);
    private Set<Operation> rights = EnumSet.allOf(Operation.class);
    private List<X509Certificate> certificates = List.of();
    private boolean encryptFaults;
    private boolean repeatReads;
    private BigDecimal totalTolerance = BigDecimal.ZERO;
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
        draft.encryptFaults = partner.encryptFaults();
        draft.repeatReads = partner.repeatReads();
        draft.totalTolerance = partner.totalTolerance();
        draft.limits = partner.limits();
        draft.state = partner.state();
        return draft;
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

    public Partner partner() {
        return new Partner(
                name,
                tenant,
                dialects,
                rights,
                certificates,
                encryptFaults,
                repeatReads,
                totalTolerance,
                limits,
                state);
    }
}
