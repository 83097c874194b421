package org.crmgateway.security.explain;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.crmgateway.call.Digest;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;
import org.w3c.dom.Element;

/** Whether what was signed is what arrived, part by part, and whose key signed it. */
final class SignatureLook {
    private final Registry registry;
    private final CertificateLook certificates;

    SignatureLook(Registry registry, CertificateLook certificates) {
        this.registry = registry;
        this.certificates = certificates;
    }

    /**
     * The references, computed anew.
     *
     * @param arrived as it came
     * @param plain with the body decrypted, when it can be
     */
    void references(
            SignatureBlock block,
            Parts arrived,
            Optional<Parts> plain,
            List<Finding> findings,
            List<Fact> facts,
            List<CanonicalBytes> canonical) {
        for (Element reference : block.references()) {
            SignedPart sealed = SignedPart.of(reference, arrived);
            boolean ofBody = arrived.body().filter(sealed.targets()::contains).isPresent();
            if (ofBody && plain.isEmpty()) {
                facts.add(new Fact("signed", sealed.name() + ": cannot be compared, it is not decrypted"));
                continue;
            }
            SignedPart part = ofBody ? SignedPart.of(reference, plain.orElse(arrived)) : sealed;
            facts.add(fact(part));
            part.canonical().ifPresent(bytes -> canonical.add(new CanonicalBytes(part.name(), bytes)));
            if (part.targets().isEmpty()) {
                findings.add(new Finding(Cause.REFERENCE_LOST, "", "the reference is " + Shown.text(part.uri())));
            } else if (part.targets().size() > 1) {
                findings.add(new Finding(Cause.ID_TWICE, "", "the reference is " + Shown.text(part.uri())));
            } else if (part.broken()
                    && ofBody
                    && sealed.matches()
                    && arrived.encryptedData().isPresent()) {
                findings.add(
                        new Finding(Cause.ENCRYPTED_FIRST, "", "the digest of the encrypted Body is the signed one"));
            } else if (part.broken()) {
                findings.add(Tampering.of(part));
            }
        }
    }

    private static Fact fact(SignedPart part) {
        if (part.computed().isEmpty()) {
            return new Fact("signed", part.name() + ": cannot be compared (" + Shown.algorithm(part.transform()) + ")");
        }
        byte[] bytes = part.canonical().orElse(new byte[0]);
        String over = Shown.algorithm(part.digestAlgorithm()) + " over " + bytes.length + " canonical bytes";
        return new Fact(
                "signed",
                part.matches()
                        ? part.name() + ": as it was signed (" + over + ")"
                        : part.name() + ": NOT as it was signed; signed digest " + Shown.base64(part.expected())
                                + ", of what arrived "
                                + Shown.base64(part.computed().orElse(new byte[0])) + " (" + over
                                + ")");
    }

    /** The value of the signature, and the key that made it. */
    void value(SignatureBlock block, List<Finding> findings, List<Fact> facts) {
        Optional<byte[]> bytes = block.signedBytes();
        if (block.certificate().isEmpty() || bytes.isEmpty()) {
            return;
        }
        X509Certificate certificate = block.certificate().get();
        if (block.madeBy(certificate, bytes.get())) {
            facts.add(new Fact("signed by", "the signature was made by the certificate's key"));
            return;
        }
        Optional<byte[]> recovered = block.recovered(certificate);
        if (recovered.isPresent()) {
            findings.add(changed(block, certificate, recovered.get()));
            return;
        }
        Optional<X509Certificate> other = registry.certificates().stream()
                .filter(known -> block.madeBy(known, bytes.get()))
                .findFirst();
        findings.add(other.map(known -> Finding.of(
                        Cause.OTHER_KEY,
                        "that of partner "
                                + certificates.owner(known).map(Partner::name).orElse("-") + ", serial "
                                + CertificateLook.serial(known)))
                .orElse(new Finding(Cause.WRONG_KEY, "", "no registered key made it")));
    }

    /** As {@link #value}, without a word about anyone else's key. */
    void ownValue(SignatureBlock block, X509Certificate certificate, List<Finding> findings) {
        Optional<byte[]> recovered = block.recovered(certificate);
        findings.add(
                recovered.isPresent() ? changed(block, certificate, recovered.get()) : Finding.of(Cause.WRONG_KEY));
    }

    private static Finding changed(SignatureBlock block, X509Certificate certificate, byte[] recovered) {
        byte[] arrived = block.signedBytes().orElse(new byte[0]);
        String how = new Tampering(
                        block.signedInfo(), "SignedInfo", block::signedBytes, bytes -> block.madeBy(certificate, bytes))
                .undone(block.prefixes())
                .map(Finding::words)
                .orElse("how cannot be told");
        String evidence = Arrays.equals(recovered, Digest.sha256().digest(arrived))
                ? "its digest is right, the form of the value is not"
                : "the certificate's key signed the digest " + Shown.base64(recovered) + ", SignedInfo has "
                        + Shown.base64(Digest.sha256().digest(arrived));
        return new Finding(Cause.SIGNATURE_CHANGED, how, evidence);
    }
}
