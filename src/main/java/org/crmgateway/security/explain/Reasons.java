package org.crmgateway.security.explain;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.wss4j.common.bsp.BSPRule;

/** What a reason code says by itself. */
final class Reasons {
    private static final Map<String, Finding> DECISIVE = Map.ofEntries(
            Map.entry("xml.eof", Finding.of(Cause.TRUNCATED)),
            Map.entry("xml.char", Finding.of(Cause.CHARSET_WRONG)),
            Map.entry("xml.decl", Finding.of(Cause.CHARSET_WRONG)),
            Map.entry("soap.version", Finding.of(Cause.OTHER_VERSION)),
            Map.entry("soap.operation", Finding.of(Cause.OTHER_OPERATION)),
            Map.entry("sec.none", Finding.of(Cause.UNSECURED)),
            Map.entry("sec.ns", Finding.of(Cause.OLD_NAMESPACE)),
            Map.entry("sec.multi", Finding.of(Cause.TWO_HEADERS)),
            Map.entry("sec.actor", Finding.of(Cause.ACTOR)),
            Map.entry("sec.many", Finding.of(Cause.TOO_MANY)),
            Map.entry("sec.signatures", Finding.of(Cause.TOO_MANY)),
            Map.entry("sec.timestamps", Finding.of(Cause.TOO_MANY)),
            Map.entry("sec.size", Finding.of(Cause.TOO_LARGE, "security header")),
            Map.entry("sec.enchdr", Finding.of(Cause.FOREIGN_TOKEN, "an encrypted header")),
            Map.entry("sec.token.saml", Finding.of(Cause.FOREIGN_TOKEN, "SAML")),
            Map.entry("sec.token.dkt", Finding.of(Cause.FOREIGN_TOKEN, "a derived key")),
            Map.entry("sec.token.sct", Finding.of(Cause.FOREIGN_TOKEN, "a security context")),
            Map.entry("sec.token.ut", Finding.of(Cause.FOREIGN_TOKEN, "a user name")),
            Map.entry("sec.token.sc", Finding.of(Cause.FOREIGN_TOKEN, "a signature confirmation")),
            Map.entry("sec.token.bst", Finding.of(Cause.FOREIGN_TOKEN, "a binary token that is not X.509 version 3")),
            Map.entry("sec.token.unknown", Finding.of(Cause.FOREIGN_TOKEN, "one that nobody knows")),
            Map.entry("sec.nosig", Finding.of(Cause.NO_SIGNATURE)),
            Map.entry("sec.nots", Finding.of(Cause.NO_TIMESTAMP)),
            Map.entry("sec.noenc", Finding.of(Cause.NOT_ENCRYPTED)),
            Map.entry("sec.cover.body", Finding.of(Cause.NOT_SIGNED, "Body")),
            Map.entry("sec.cover.ts", Finding.of(Cause.NOT_SIGNED, "Timestamp")),
            Map.entry("sec.cover.enc", Finding.of(Cause.MORE_ENCRYPTED)),
            Map.entry("sec.order", Finding.of(Cause.ENCRYPTED_FIRST)),
            Map.entry("sec.time.missing", Finding.of(Cause.TIMESTAMP_ENDS)),
            Map.entry("sec.cert.usage", Finding.of(Cause.CERTIFICATE_USE, "its key usage")),
            Map.entry("sec.cert.size", Finding.of(Cause.CERTIFICATE_USE, "its key")),
            Map.entry("sec.cert.bad", Finding.of(Cause.CERTIFICATE_UNREADABLE)),
            Map.entry("sec.partner.unknown", Finding.of(Cause.UNREGISTERED)),
            Map.entry("sec.wsa.twice", Finding.of(Cause.ADDRESSING_TWICE)),
            Map.entry("sec.replay", Finding.of(Cause.SENT_TWICE)),
            Map.entry("sec.error", Finding.of(Cause.OURS)));

    private Reasons() {}

    /** Empty where the message must be looked into. */
    static Optional<Finding> decisive(String reason) {
        Finding known = DECISIVE.get(reason);
        if (known != null) {
            return Optional.of(known);
        }
        if (reason.startsWith("xml.")) {
            Cause cause = switch (reason) {
                case "xml.limit",
                        "xml.text",
                        "xml.depth",
                        "xml.elements",
                        "xml.children",
                        "xml.attrs",
                        "xml.attrsize" -> Cause.TOO_LARGE;
                default -> Cause.NOT_XML;
            };
            return Optional.of(Finding.of(cause, reason));
        }
        if (reason.startsWith("soap.")) {
            return Optional.of(Finding.of(Cause.NOT_SOAP, reason));
        }
        return reason.startsWith("sandbox.") ? Optional.of(Finding.of(Cause.SANDBOX, reason)) : Optional.empty();
    }

    /** What is left when nothing else was found. */
    static Finding otherwise(String reason) {
        return rule(reason).orElse(Finding.of(Cause.UNKNOWN, reason));
    }

    /** The rule of the Basic Security Profile 1.1 that a reason names, in its own words. */
    static Optional<Finding> rule(String reason) {
        if (!reason.startsWith("sec.bsp.")) {
            return Optional.empty();
        }
        String number = reason.substring("sec.bsp.".length()).toUpperCase(Locale.ROOT);
        String words;
        try {
            words = BSPRule.valueOf(number).getMsg();
        } catch (IllegalArgumentException e) {
            words = "";
        }
        return Optional.of(Finding.of(Cause.PROFILE_RULE, number + " " + words));
    }
}
