package org.crmgateway.security.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crmgateway.audit.AuditEntry;
import org.crmgateway.audit.AuditLookup;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.RefusedMessage;
import org.crmgateway.security.RefusedMessages;
import org.crmgateway.security.SecurityConfig;

/**
 * Says why a call was answered as it was, by its id: from the kept message where this process refused it and still has it,
 * otherwise from the audit trail. All work is done when somebody asks.
 */
public final class Explainer {
    private final RefusedMessages refused;
    private final AuditLookup audit;
    private final Optional<Analysis> analysis;

    private Explainer(RefusedMessages refused, AuditLookup audit, Optional<Analysis> analysis) {
        this.refused = refused;
        this.audit = audit;
        this.analysis = analysis;
    }

    /** In the gateway that refuses. */
    public static Explainer of(
            RefusedMessages refused, AuditLookup audit, KeyRing keys, Registry registry, SecurityConfig config) {
        return new Explainer(refused, audit, Optional.of(new Analysis(keys, registry, config)));
    }

    /** Anywhere else: knows what the trail knows. */
    public static Explainer fromTrail(AuditLookup audit) {
        return new Explainer(new RefusedMessages(0), audit, Optional.empty());
    }

    /**
     * All that is known.
     *
     * @param callId as in {@code X-Call-Id}
     * @return empty when nothing is
     * @throws Failure OVERLOADED when the database is away
     */
    public Optional<Explanation> explain(String callId) {
        Optional<RefusedMessage> message = refused.find(callId);
        if (message.isPresent() && analysis.isPresent()) {
            return Optional.of(analysis.get().whole(message.get()));
        }
        List<AuditEntry> entries = audit.ofCall(callId);
        return entries.isEmpty() ? Optional.empty() : Optional.of(fromTrail(callId, entries));
    }

    /**
     * What a partner may know of a message that it signed itself; nothing of anyone else's, nothing of whether and how a body
     * could be decrypted, no bytes.
     *
     * @return empty when it may not ask, and when the message is not its own or not kept: to the partner these are one
     */
    public Optional<Explanation> forPartner(Partner partner, String callId) {
        if (!partner.explain()) {
            return Optional.empty();
        }
        return refused.find(callId).flatMap(message -> analysis.flatMap(look -> look.own(message, partner)));
    }

    private static Explanation fromTrail(String callId, List<AuditEntry> entries) {
        List<Finding> findings = entries.stream()
                .filter(entry -> !entry.reason().isEmpty())
                .findFirst()
                .map(Explainer::finding)
                .map(List::of)
                .orElse(List.of(Finding.of(Cause.SERVED)));
        List<Fact> facts = entries.stream()
                .flatMap(entry -> Stream.of(new Fact("audit", line(entry))))
                .toList();
        return new Explanation(callId, findings, facts, List.of());
    }

    /** Codes of the contract are in capitals. */
    private static Finding finding(AuditEntry entry) {
        String reason = entry.reason();
        if (reason.equals(reason.toUpperCase(Locale.ROOT))) {
            return Finding.of(Cause.DECLARED_FAULT, reason);
        }
        return new Finding(
                Reasons.decisive(reason).map(Finding::cause).orElse(Cause.UNKNOWN),
                Reasons.decisive(reason).map(Finding::subject).orElse(reason),
                "the message is not kept here: only the reason in the audit trail is known");
    }

    private static String line(AuditEntry entry) {
        return Stream.of(
                        entry.at().toString(),
                        entry.event(),
                        entry.reason(),
                        "partner " + entry.partner(),
                        "operation " + entry.operation(),
                        entry.recordId().isEmpty() ? "" : entry.kind() + " " + entry.recordId(),
                        entry.source().isEmpty() ? "" : "from " + entry.source())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
