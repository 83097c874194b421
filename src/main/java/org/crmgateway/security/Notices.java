package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.crmgateway.call.Notice;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Legacy;
import org.crmgateway.partner.Partner;
import org.jspecify.annotations.Nullable;

/** What callers are told beside their answers, decided once a call; every kind of notice stands here. */
final class Notices {
    private static final Notice SANDBOX =
            new Notice("SANDBOX", "This answer is neither signed nor encrypted; the sandbox is for trying out.", null);

    private final KeyRing keys;
    private final Clock clock;

    Notices(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param coverage what was signed and encrypted, in a dialect with signatures */
    List<Notice> of(Dialect dialect, Partner partner, @Nullable Coverage coverage) {
        List<Notice> notices = new ArrayList<>();
        Legacy terms = partner.protection().legacy();
        if (dialect == Dialect.LEGACY_2005 && terms != null) {
            notices.add(new Notice(
                    "DIALECT_ENDS",
                    "This dialect's algorithms are broken, and it ends; move to compatible or modern before then.",
                    terms.end()));
        }
        if (!dialect.secured()) {
            notices.add(SANDBOX);
        }
        if (coverage != null) {
            Instant now = clock.instant();
            signer(notices, coverage.signer(), now);
            recipient(notices, coverage.recipient(), now);
            nextSigner(notices, now);
        }
        return notices;
    }

    private static void signer(List<Notice> notices, X509Certificate signer, Instant now) {
        Validity validity = Validity.of(signer);
        if (validity.ending(now)) {
            notices.add(new Notice(
                    "CERTIFICATE_EXPIRES",
                    "The certificate you sign with expires. Have a new one registered, then sign with that.",
                    validity.until()));
        }
    }

    private void recipient(List<Notice> notices, @Nullable X509Certificate recipient, Instant now) {
        if (recipient == null) {
            return;
        }
        Validity validity = Validity.of(recipient);
        if (keys.own().replaced(recipient, now)) {
            notices.add(new Notice(
                    "GATEWAY_CERTIFICATE_OLD",
                    "You encrypt to a certificate of the gateway that has been replaced. Encrypt to the new one.",
                    validity.until()));
        } else if (validity.ending(now)) {
            notices.add(new Notice(
                    "GATEWAY_CERTIFICATE_CHANGES",
                    "The gateway's certificate that you encrypt to expires. Ask its operator for the next one.",
                    validity.until()));
        }
    }

    private void nextSigner(List<Notice> notices, Instant now) {
        keys.own()
                .nextSigner(now)
                .ifPresent(next -> notices.add(new Notice(
                        "GATEWAY_CERTIFICATE_CHANGES",
                        "The gateway will sign with another certificate. Accept both before then.",
                        Validity.of(next.certificate()).from())));
    }
}
