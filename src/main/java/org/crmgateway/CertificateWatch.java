package org.crmgateway;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.KeyPurpose;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.Revocations;
import org.crmgateway.security.Validity;
import org.crmgateway.telemetry.DaysLeft;
import org.crmgateway.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of certificates that end: how many days each has left, as a metric; and once a day a line in the log for
 * each that ends within 60 days, and for each authority whose revocation list is overdue.
 */
final class CertificateWatch {
    private static final Logger ALARMS = LoggerFactory.getLogger("alarm");

    private final KeyRing keys;
    private final Supplier<Optional<X509Certificate>> tls;
    private final Registry registry;
    private final Revocations revocations;
    private final Telemetry telemetry;
    private final Clock clock;
    private @Nullable LocalDate said;

    /** @param tls the certificate of the port for TLS, where there is one */
    CertificateWatch(
            KeyRing keys,
            Supplier<Optional<X509Certificate>> tls,
            Registry registry,
            Revocations revocations,
            Telemetry telemetry,
            Clock clock) {
        this.keys = keys;
        this.tls = tls;
        this.registry = registry;
        this.revocations = revocations;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    private record Held(String owner, String name, boolean used, X509Certificate certificate) {
        DaysLeft at(Instant now) {
            return new DaysLeft(
                    owner,
                    name,
                    Fingerprint.of(certificate).abbreviated(),
                    Validity.of(certificate).daysLeft(now));
        }
    }

    void round() {
        Instant now = clock.instant();
        List<Held> all = held();
        telemetry.daysLeft(all.stream().map(held -> held.at(now)).toList());
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!today.equals(said)) {
            said = today;
            all.stream()
                    .filter(held ->
                            held.used() && Validity.of(held.certificate()).ending(now))
                    .forEach(held -> ALARMS.warn(
                            "certificate of {} {} ends: {} days left, until {}, fingerprint {}",
                            held.owner(),
                            held.name(),
                            held.at(now).days(),
                            Validity.of(held.certificate()).until(),
                            Fingerprint.of(held.certificate()).value()));
            revocations
                    .overdue()
                    .forEach(authority -> ALARMS.warn("revocation list of {} is overdue: put a new one in", authority));
        }
    }

    /** Also those of suspended partners, who may come back, though nobody is woken for them; a revoked one never does. */
    private List<Held> held() {
        List<Held> all = new ArrayList<>();
        for (KeyPairAndCertificate key : keys.own().all()) {
            all.add(new Held("gateway", use(key), true, key.certificate()));
        }
        tls.get().ifPresent(certificate -> all.add(new Held("gateway", "tls", true, certificate)));
        for (Partner partner : registry.list()) {
            if (partner.state() != Partner.State.REVOKED) {
                boolean active = partner.state() == Partner.State.ACTIVE;
                partner.certificates().forEach(one -> all.add(new Held("partner", partner.name(), active, one)));
            }
        }
        return all;
    }

    private static String use(KeyPairAndCertificate key) {
        return KeyPurpose.of(key.certificate()).stream()
                .map(purpose -> purpose.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
    }
}
