package org.crmgateway.console;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.crmgateway.config.PartnerFile;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Legacy;
import org.crmgateway.partner.Network;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.Validity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partner …}: the ERP accounts. What changes takes effect on every node within five seconds. */
@Command(name = "partner", description = "The ERP accounts that may call.")
final class PartnerCommands {
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    private final Session session;

    PartnerCommands(Session session) {
        this.session = session;
    }

    @Command(name = "add", description = "Register a partner, and write the files its ERP team needs.")
    int add(
            @Parameters(paramLabel = "NAME", description = "1 to 40 of a-z, 0-9 and '-'.") String name,
            @Option(
                            names = "--dialect",
                            split = ",",
                            paramLabel = "DIALECT",
                            description =
                                    "modern, compatible, username-tls, legacy-2005 or sandbox, several by commas; modern when not given.")
                    @Nullable
                    List<Dialect> dialects,
            @Option(
                            names = "--tenant",
                            defaultValue = "main",
                            description = "Whose records it sees; main when not given.")
                    String tenant,
            @Option(
                            names = "--certificate",
                            paramLabel = "FILE",
                            description = "The partner's own certificate (PEM); a key pair is made when not given.")
                    @Nullable
                    Path certificate,
            @Option(
                            names = "--digest",
                            description =
                                    "For username-tls: the partner sends a digest of its password, never the password.")
                    boolean digest,
            @Option(
                            names = "--until",
                            paramLabel = "DATE",
                            description = "For legacy-2005: the last day, e.g. 2027-03-31.")
                    @Nullable
                    LocalDate until,
            @Option(
                            names = "--network",
                            split = ",",
                            paramLabel = "CIDR",
                            description =
                                    "For legacy-2005: where its calls come from, e.g. 10.20.0.0/16; several by commas.")
                    @Nullable
                    List<Network> networks,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where the files are written; partners/ in the data folder when not given.")
                    @Nullable
                    Path out) {
        if ((until == null) != (networks == null)
                || dialects != null && dialects.contains(Dialect.LEGACY_2005) && until == null) {
            throw new OperatorError("legacy-2005 needs --until and --network, both.");
        }
        Legacy legacy = until == null || networks == null ? null : new Legacy(until, networks);
        Set<Dialect> spoken = dialects == null ? EnumSet.of(Dialect.MODERN) : EnumSet.copyOf(dialects);
        return session.access().run(session.settings(), true, parts -> {
            Path folder = out != null ? out : PartnerKit.folder(parts.settings());
            PartnerKit kit = new PartnerKit(parts, folder, name);
            kit.add(tenant, spoken, Optional.ofNullable(certificate), TWO_YEARS, digest, legacy);
            session.say("Partner " + name + " may call now.");
            kit.files().forEach(session::say);
            return Commands.DONE;
        });
    }

    @Command(
            name = "renew",
            description = "Add a certificate beside those a partner has, for it to change over; or drop the old one.")
    int renew(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--certificate",
                            paramLabel = "FILE",
                            description = "The partner's new certificate (PEM); a key pair is made when not given.")
                    @Nullable
                    Path certificate,
            @Option(
                            names = "--drop",
                            paramLabel = "FINGERPRINT",
                            description = "Adds nothing: takes away the certificate whose fingerprint begins so.")
                    @Nullable
                    String drop,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where the files are written; partners/ in the data folder when not given.")
                    @Nullable
                    Path out) {
        return session.access().run(session.settings(), true, parts -> {
            Partner partner = known(parts.registry(), name);
            if (drop != null) {
                return drop(parts, partner, drop);
            }
            Path folder = out != null ? out : PartnerKit.folder(parts.settings());
            PartnerKit kit = PartnerKit.renewing(parts, folder, name);
            kit.renew(partner, Optional.ofNullable(certificate), TWO_YEARS);
            session.say("Partner " + name + " may sign with its new certificate now, and with the old one still.");
            kit.files().forEach(session::say);
            return Commands.DONE;
        });
    }

    @Command(
            name = "password",
            description = "Make another password for a partner of username-tls; the old one ends at once.")
    int password(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where it is written; partners/ in the data folder when not given.")
                    @Nullable
                    Path out) {
        return session.access().run(session.settings(), true, parts -> {
            Path folder = out != null ? out : PartnerKit.folder(parts.settings());
            PartnerKit kit = new PartnerKit(parts, folder, name);
            kit.renewPassword(known(parts.registry(), name));
            session.say("Partner " + name + " has another password; every node knows within 5 seconds.");
            kit.files().forEach(session::say);
            return Commands.DONE;
        });
    }

    private int drop(Administration parts, Partner partner, String fingerprint) {
        X509Certificate dropped = CertificateChoice.of(fingerprint, partner.certificates());
        List<X509Certificate> left = partner.certificates().stream()
                .filter(certificate -> !certificate.equals(dropped))
                .toList();
        if (left.isEmpty()) {
            throw new OperatorError("It is the only certificate of " + partner.name()
                    + ". Add its new one first, or shut it out by partner suspend or partner revoke.");
        }
        parts.registry().replace(PartnerKit.contents(List.of(partner.with(left))));
        session.say("Partner " + partner.name() + " may no longer sign with "
                + Fingerprint.of(dropped).abbreviated() + "; every node knows within 5 seconds.");
        return Commands.DONE;
    }

    @Command(name = "apply", description = "Register what partner files declare, or change it.")
    int apply(@Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files) {
        return session.access().run(session.settings(), true, parts -> {
            // All or none: a mistake in one leaves everything as it was.
            List<Partner> partners = files.stream().map(PartnerFile::read).toList();
            parts.registry().replace(PartnerKit.contents(partners));
            partners.forEach(partner -> session.say(partner.name() + ": applied"));
            return Commands.DONE;
        });
    }

    @Command(name = "export", description = "Print a partner as a file that apply reads.")
    int export(@Parameters(paramLabel = "NAME") String name) {
        return session.access().run(session.settings(), true, parts -> {
            session.out().print(PartnerFile.write(known(parts.registry(), name)));
            session.out().flush();
            return Commands.DONE;
        });
    }

    @Command(name = "list", description = "All partners, a line each.")
    int list() {
        return session.access().run(session.settings(), true, parts -> {
            List<Partner> partners = parts.registry().list();
            if (partners.isEmpty()) {
                session.say("No partners yet. ./crm-gateway partner add NAME makes one.");
            }
            Instant now = parts.clock().instant();
            partners.forEach(partner -> session.say(line(partner, now)));
            return Commands.DONE;
        });
    }

    @Command(name = "suspend", description = "Refuse a partner's calls until resume.")
    int suspend(@Parameters(paramLabel = "NAME") String name) {
        return change(name, Registry::suspend, "may not call until ./crm-gateway partner resume " + name);
    }

    @Command(name = "resume", description = "Let a suspended partner call again.")
    int resume(@Parameters(paramLabel = "NAME") String name) {
        return change(name, Registry::resume, "may call again");
    }

    @Command(name = "revoke", description = "Refuse a partner's calls for good.")
    int revoke(@Parameters(paramLabel = "NAME") String name) {
        return change(name, Registry::revoke, "may never call again");
    }

    /** A change of a partner's state by name. */
    private interface Change {
        void of(Registry registry, String name);
    }

    private int change(String name, Change change, String said) {
        return session.access().run(session.settings(), true, parts -> {
            known(parts.registry(), name);
            change.of(parts.registry(), name);
            session.say("Partner " + name + " " + said + "; every node knows within 5 seconds.");
            return Commands.DONE;
        });
    }

    private static Partner known(Registry registry, String name) {
        return registry.named(name)
                .orElseThrow(() ->
                        new OperatorError("There is no partner " + name + ". ./crm-gateway partner list shows all."));
    }

    private static String line(Partner partner, Instant now) {
        String certificates = partner.certificates().stream()
                .map(certificate -> certificate(certificate, now))
                .collect(Collectors.joining(", "));
        String dialects =
                partner.dialects().stream().sorted().map(Dialect::label).collect(Collectors.joining(","));
        return "%-20s %-9s tenant %-12s %-26s %s"
                .formatted(
                        partner.name(),
                        partner.state().name().toLowerCase(Locale.ROOT),
                        partner.tenant(),
                        dialects,
                        certificates.isEmpty() ? "no certificate" : "certificate " + certificates);
    }

    private static String certificate(X509Certificate certificate, Instant now) {
        Validity validity = Validity.of(certificate);
        String until = Fingerprint.of(certificate).abbreviated() + " until "
                + LocalDate.ofInstant(validity.until(), ZoneOffset.UTC);
        if (validity.ended(now)) {
            return until + " (ended)";
        }
        return validity.ending(now) ? until + " (" + validity.daysLeft(now) + " days left)" : until;
    }
}
