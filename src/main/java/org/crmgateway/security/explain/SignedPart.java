package org.crmgateway.security.explain;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * One reference of a signature, computed anew.
 *
 * @param uri as written
 * @param targets the elements that have the id; one, if all is well
 * @param transform the only one; empty when there is none, or several
 * @param prefixes of its PrefixList
 * @param expected the digest that was signed
 * @param canonical bytes of the target as it arrived; empty when they cannot be computed
 * @param computed their digest
 */
record SignedPart(
        String uri,
        List<Element> targets,
        String transform,
        String prefixes,
        String digestAlgorithm,
        byte[] expected,
        Optional<byte[]> canonical,
        Optional<byte[]> computed) {

    static SignedPart of(Element reference, Parts parts) {
        String uri = reference.getAttributeNS(null, "URI");
        List<Element> targets = uri.startsWith("#") ? parts.withId(uri.substring(1)) : List.of();
        List<Element> transforms = Parts.child(reference, Parts.DS, "Transforms")
                .map(Parts::children)
                .orElse(List.of());
        String transform = transforms.size() == 1 ? transforms.get(0).getAttributeNS(null, "Algorithm") : "";
        String prefixes = transforms.isEmpty() ? "" : prefixes(transforms.get(0));
        String digestAlgorithm = Parts.algorithm(reference, Parts.DS, "DigestMethod");
        Optional<byte[]> canonical =
                targets.size() == 1 ? Canonical.bytes(targets.get(0), transform, prefixes) : Optional.empty();
        return new SignedPart(
                uri,
                targets,
                transform,
                prefixes,
                digestAlgorithm,
                expected(reference),
                canonical,
                canonical.flatMap(bytes -> Canonical.digest(digestAlgorithm, bytes)));
    }

    private static byte[] expected(Element reference) {
        String text = Parts.child(reference, Parts.DS, "DigestValue")
                .map(Element::getTextContent)
                .orElse("");
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    static String prefixes(Element transform) {
        return Parts.child(transform, Canonical.EXCLUSIVE, "InclusiveNamespaces")
                .map(list -> list.getAttributeNS(null, "PrefixList").strip())
                .orElse("");
    }

    boolean matches() {
        return computed.filter(digest -> Arrays.equals(digest, expected)).isPresent();
    }

    /** Whether it was computed, and is not what was signed. */
    boolean broken() {
        return computed.isPresent() && !matches();
    }

    String name() {
        return targets.isEmpty() ? "part " + Shown.text(uri) : Shown.name(targets.get(0));
    }
}
