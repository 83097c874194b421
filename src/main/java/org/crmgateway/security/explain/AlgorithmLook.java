package org.crmgateway.security.explain;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.wss4j.dom.transform.STRTransform;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.Algorithms;
import org.w3c.dom.Element;

/** The algorithms that a message names, beside those its address accepts. */
final class AlgorithmLook {
    private AlgorithmLook() {}

    static void signature(SignatureBlock block, Dialect dialect, List<Finding> findings, List<Fact> facts) {
        Algorithms accepted = Algorithms.of(dialect);
        facts.add(new Fact(
                "signature",
                Shown.algorithm(block.method()) + " over " + Shown.algorithm(block.canonicalization()) + "; accepted: "
                        + Shown.algorithm(accepted.signature()) + ", " + Shown.algorithm(accepted.digest())
                        + ", exclusive C14N"));
        require(block.method(), Set.of(accepted.signature()), Cause.SIGNATURE_ALGORITHM, dialect, findings);
        Set<String> canonical = Set.of(Algorithms.CANONICALIZATION);
        require(block.canonicalization(), canonical, Cause.SIGNATURE_ALGORITHM, dialect, findings);
        for (Element reference : block.references()) {
            String digest = Parts.algorithm(reference, Parts.DS, "DigestMethod");
            require(digest, Set.of(accepted.digest()), Cause.SIGNATURE_ALGORITHM, dialect, findings);
            Parts.child(reference, Parts.DS, "Transforms")
                    .map(Parts::children)
                    .orElse(List.of())
                    .forEach(transform -> require(
                            transform.getAttributeNS(null, "Algorithm"),
                            Set.of(Algorithms.CANONICALIZATION, STRTransform.TRANSFORM_URI),
                            Cause.SIGNATURE_ALGORITHM,
                            dialect,
                            findings));
        }
    }

    static void encryption(Parts parts, Dialect dialect, List<Finding> findings, List<Fact> facts) {
        Set<String> accepted = Algorithms.of(dialect).acceptedEncryption();
        Set<String> transport = Algorithms.of(dialect).acceptedKeyTransport();
        parts.encryptedKey().ifPresent(key -> {
            String algorithm = Parts.algorithm(key, Parts.XENC, "EncryptionMethod");
            facts.add(new Fact("key", Shown.algorithm(algorithm) + "; accepted: " + names(transport)));
            require(algorithm, transport, Cause.KEY_TRANSPORT, dialect, findings);
        });
        parts.encryptedData().ifPresent(data -> {
            String algorithm = Parts.algorithm(data, Parts.XENC, "EncryptionMethod");
            facts.add(new Fact("content", Shown.algorithm(algorithm) + "; accepted: " + names(accepted)));
            require(algorithm, accepted, Cause.ENCRYPTION_ALGORITHM, dialect, findings);
        });
    }

    private static void require(
            String algorithm, Set<String> accepted, Cause cause, Dialect dialect, List<Finding> findings) {
        Finding finding = Finding.of(
                cause,
                Shown.algorithm(algorithm) + " is not accepted by " + dialect.label() + " (accepted: " + names(accepted)
                        + ")");
        if (!accepted.contains(algorithm) && !findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private static String names(Set<String> algorithms) {
        return algorithms.stream().map(Shown::algorithm).sorted().collect(Collectors.joining(", "));
    }
}
