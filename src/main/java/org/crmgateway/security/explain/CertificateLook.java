package org.crmgateway.security.explain;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;

/** The certificate that a signature names, and whose it is. */
final class CertificateLook {
    private final Registry registry;

    CertificateLook(Registry registry) {
        this.registry = registry;
    }

    Optional<Partner> owner(X509Certificate certificate) {
        return registry.withCertificate(Fingerprint.of(certificate));
    }

    void into(SignatureBlock block, Instant now, List<Finding> findings, List<Fact> facts) {
        if (block.certificate().isEmpty()) {
            findings.add(
                    Finding.of(block.token().isPresent() ? Cause.CERTIFICATE_UNREADABLE : Cause.CERTIFICATE_NOT_SENT));
            return;
        }
        X509Certificate certificate = block.certificate().get();
        Optional<Partner> owner = owner(certificate);
        facts(certificate, owner, facts);
        if (owner.isEmpty()) {
            findings.add(new Finding(Cause.UNREGISTERED, "", alike(certificate)));
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            findings.add(Finding.of(
                    Cause.CERTIFICATE_TIME,
                    "has ended at " + certificate.getNotAfter().toInstant()));
        } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
            findings.add(Finding.of(
                    Cause.CERTIFICATE_TIME,
                    "begins at " + certificate.getNotBefore().toInstant()));
        }
    }

    /** Whether its owner may call, which counts once the signature is right. */
    void owner(SignatureBlock block, Dialect dialect, List<Finding> findings) {
        block.certificate()
                .flatMap(this::owner)
                .flatMap(owner -> judge(owner, dialect))
                .ifPresent(findings::add);
    }

    private static Optional<Finding> judge(Partner owner, Dialect dialect) {
        return switch (owner.state()) {
            case SUSPENDED -> Optional.of(Finding.of(Cause.SUSPENDED, owner.name()));
            case REVOKED -> Optional.of(Finding.of(Cause.REVOKED, owner.name()));
            case ACTIVE ->
                owner.mayUse(dialect)
                        ? Optional.empty()
                        : Optional.of(new Finding(
                                Cause.OTHER_DIALECT,
                                owner.name(),
                                "it may use "
                                        + owner.dialects().stream()
                                                .map(Dialect::label)
                                                .sorted()
                                                .toList() + ", the address is of " + dialect.label()));
        };
    }

    /** A renewed certificate keeps its name, or its key. */
    private String alike(X509Certificate certificate) {
        return registry.certificates().stream()
                .filter(known -> known.getSubjectX500Principal().equals(certificate.getSubjectX500Principal())
                        || known.getPublicKey().equals(certificate.getPublicKey()))
                .findFirst()
                .map(known -> "another certificate of this name or key is registered for "
                        + owner(known).map(Partner::name).orElse("a partner") + ": serial " + serial(known))
                .orElse("");
    }

    private static void facts(X509Certificate certificate, Optional<Partner> owner, List<Fact> facts) {
        facts.add(new Fact(
                "certificate",
                Shown.text(certificate.getSubjectX500Principal().getName()) + ", serial " + serial(certificate)
                        + ", issued by "
                        + Shown.text(certificate.getIssuerX500Principal().getName())));
        facts.add(new Fact(
                "",
                "valid from " + certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant() + ", " + key(certificate)));
        facts.add(new Fact("", "SHA-256 " + Fingerprint.of(certificate).value()));
        facts.add(new Fact(
                "",
                owner.map(partner -> "registered for partner " + partner.name() + ", "
                                + partner.state().name().toLowerCase(Locale.ROOT))
                        .orElse("not registered")));
    }

    private static String key(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAKey key
                ? "RSA " + key.getModulus().bitLength()
                : Shown.text(certificate.getPublicKey().getAlgorithm());
    }

    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }
}
