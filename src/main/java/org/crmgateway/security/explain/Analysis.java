package org.crmgateway.security.explain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.xml.security.Init;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.Refusal;
import org.crmgateway.security.RefusedMessage;
import org.crmgateway.security.SecurityConfig;
import org.crmgateway.security.Shape;
import org.crmgateway.security.ShapeLimits;

/** Looks into a refused message again, this time for everything that is wrong with it. */
final class Analysis {
    /** Where a reason says more than the order of looking. */
    private static final Map<String, Set<Cause>> MEANT = Map.of(
            "sec.time.future", Set.of(Cause.CLOCK_AHEAD),
            "sec.time.past", Set.of(Cause.CLOCK_BEHIND, Cause.EXPIRED),
            "sec.cover.wsa", Set.of(Cause.NOT_SIGNED),
            "sec.partner.state", Set.of(Cause.SUSPENDED, Cause.REVOKED),
            "sec.partner.dialect", Set.of(Cause.OTHER_DIALECT),
            "sec.wsa.to", Set.of(Cause.OTHER_ADDRESS),
            "sec.cert.validity", Set.of(Cause.CERTIFICATE_TIME),
            "sec.wss.failed_authentication", Set.of(Cause.UNREGISTERED));

    /** Of a prefix that is rewritten in the whole envelope: the old one's declaration is gone, too. */
    private static final Set<Cause> CONSEQUENCES = Set.of(Cause.NAMESPACE_LOST, Cause.SIGNATURE_CHANGED);

    /**
     * Reasons that a message comes to only when the body was decrypted and is what its sender signed: they tell that sender
     * nothing new about it.
     */
    private static final Set<String> AFTER_VERIFICATION = Set.of(
            "sec.replay",
            "sec.wsa.to",
            "sec.partner.state",
            "sec.partner.dialect",
            "sec.cert.validity",
            "sec.cert.usage",
            "sec.cert.size",
            "soap.operation");

    private final Shape shape = new Shape(ShapeLimits.ofContract());
    private final TimestampLook timestamps;
    private final CertificateLook certificates;
    private final SignatureLook signatures;
    private final EncryptionLook encryption;
    private final Decryption decryption;

    Analysis(KeyRing keys, Registry registry, SecurityConfig config) {
        Init.init();
        this.timestamps = new TimestampLook(config);
        this.certificates = new CertificateLook(registry);
        this.signatures = new SignatureLook(registry, certificates);
        this.encryption = new EncryptionLook(keys);
        this.decryption = new Decryption(keys, shape);
    }

    /** Everything, for the operator. */
    Explanation whole(RefusedMessage message) {
        List<Finding> findings = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        List<CanonicalBytes> canonical = new ArrayList<>();
        facts.add(new Fact("refused", moment(message) + ", reason " + message.reason() + ", from " + message.source()));
        facts.add(new Fact("address", address(message)));
        facts.add(new Fact(
                "message",
                message.bytes().length == 0 ? "not kept" : message.bytes().length + " bytes, kept in memory"));
        Optional<Parts> parts = message.endpoint().dialect().signed() ? read(message) : Optional.empty();
        parts.ifPresent(arrived -> look(message, arrived, findings, facts, canonical));
        Reasons.rule(message.reason()).ifPresent(findings::add);
        return new Explanation(message.id().value(), ordered(message.reason(), findings), facts, canonical);
    }

    private void look(
            RefusedMessage message,
            Parts arrived,
            List<Finding> findings,
            List<Fact> facts,
            List<CanonicalBytes> canonical) {
        var dialect = message.endpoint().dialect();
        Optional<SignatureBlock> block = SignatureBlock.of(arrived);
        block.ifPresent(signature -> AlgorithmLook.signature(signature, dialect, findings, facts));
        AlgorithmLook.encryption(arrived, dialect, findings, facts);
        boolean accepted = findings.isEmpty();
        arrived.timestamp().ifPresent(timestamp -> timestamps.into(timestamp, message.at(), findings, facts));
        Decryption.Result result = decryption.run(arrived);
        if (accepted) {
            encryption.into(arrived, result, findings, facts);
        }
        block.ifPresent(signature -> {
            certificates.into(signature, message.at(), findings, facts);
            signatures.references(signature, arrived, result.plain(), findings, facts, canonical);
            signatures.value(signature, findings, facts);
            certificates.owner(signature, dialect, findings);
            signature.signedBytes().ifPresent(bytes -> canonical.add(new CanonicalBytes("SignedInfo", bytes)));
            CoverageLook.into(signature, arrived, message.endpoint(), findings);
        });
    }

    private static List<Finding> ordered(String reason, List<Finding> findings) {
        List<Finding> ordered = new ArrayList<>();
        Optional<Finding> decisive = Reasons.decisive(reason);
        decisive.ifPresent(ordered::add);
        Set<Cause> meant = MEANT.getOrDefault(reason, Set.of());
        boolean renamed = findings.stream().anyMatch(finding -> finding.cause() == Cause.PREFIX_REWRITTEN);
        findings.stream()
                .sorted(Comparator.<Finding, Boolean>comparing(finding -> !meant.contains(finding.cause()))
                        .thenComparing(finding -> renamed && CONSEQUENCES.contains(finding.cause())))
                .filter(finding -> decisive.filter(known -> known.cause() == finding.cause()
                                && known.subject().equals(finding.subject()))
                        .isEmpty())
                .forEach(ordered::add);
        if (ordered.isEmpty()) {
            ordered.add(Reasons.otherwise(reason));
        }
        return ordered;
    }

    /**
     * What the partner who signed a message may know of it: what stands in clear in its header, and what its own key vouches for.
     * Nothing is decrypted here, so neither words nor time tell whether a ciphertext is good.
     *
     * @return empty when the message does not name a certificate of this partner
     */
    Optional<Explanation> own(RefusedMessage message, Partner partner) {
        Optional<Parts> read = message.endpoint().dialect().signed() ? read(message) : Optional.empty();
        Optional<SignatureBlock> block = read.flatMap(SignatureBlock::of)
                .filter(signature -> signature
                        .certificate()
                        .flatMap(certificates::owner)
                        .filter(owner -> owner.name().equals(partner.name()))
                        .isPresent());
        if (read.isEmpty() || block.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("refused", moment(message).toString()));
        facts.add(new Fact("address", address(message)));
        lookAtOwn(message, read.get(), block.get(), findings, facts);
        if (findings.isEmpty()) {
            findings.add(Finding.of(Cause.BODY_OR_ENCRYPTION));
        }
        return Optional.of(new Explanation(message.id().value(), findings, facts, List.of()));
    }

    private void lookAtOwn(
            RefusedMessage message, Parts arrived, SignatureBlock block, List<Finding> findings, List<Fact> facts) {
        var dialect = message.endpoint().dialect();
        AlgorithmLook.signature(block, dialect, findings, facts);
        certificates.into(block, message.at(), findings, facts);
        certificates.owner(block, dialect, findings);
        var certificate = block.certificate().orElseThrow();
        if (block.signedBytes()
                .filter(bytes -> block.madeBy(certificate, bytes))
                .isEmpty()) {
            // Somebody else's, perhaps, under this partner's name: nothing more is said.
            if (findings.isEmpty()) {
                signatures.ownValue(block, certificate, findings);
            }
            return;
        }
        arrived.timestamp().ifPresent(timestamp -> timestamps.into(timestamp, message.at(), findings, facts));
        if (arrived.encryptedData().isEmpty()) {
            findings.add(Finding.of(Cause.NOT_ENCRYPTED));
        }
        signatures.references(block, arrived, Optional.empty(), findings, facts, new ArrayList<>());
        CoverageLook.into(block, arrived, message.endpoint(), findings);
        if (AFTER_VERIFICATION.contains(message.reason()) && CoverageLook.coversBody(block, arrived)) {
            Reasons.decisive(message.reason()).ifPresent(finding -> findings.add(0, finding));
        }
    }

    private static Instant moment(RefusedMessage message) {
        return message.at().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String address(RefusedMessage message) {
        return message.endpoint().uris().stream().sorted().findFirst().orElse("-");
    }

    /** Empty when it has not even the shape of a message. */
    private Optional<Parts> read(RefusedMessage message) {
        if (message.bytes().length == 0) {
            return Optional.empty();
        }
        try {
            shape.check(message.bytes(), message.charset(), message.soap());
            return Optional.of(Parts.of(StaxUtils.read(shape.open(message.bytes()))));
        } catch (Refusal | XMLStreamException e) {
            return Optional.empty();
        }
    }
}
