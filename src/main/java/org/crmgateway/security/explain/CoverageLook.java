package org.crmgateway.security.explain;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.crmgateway.security.Addressing;
import org.crmgateway.security.EndpointAddress;
import org.crmgateway.security.Refusal;
import org.w3c.dom.Element;

/** Which parts a signature names, whether they are right or not, and where the message is to go. */
final class CoverageLook {
    private CoverageLook() {}

    static void into(SignatureBlock block, Parts parts, EndpointAddress endpoint, List<Finding> findings) {
        Set<Element> named = named(block, parts);
        if (parts.timestamp().isEmpty()) {
            findings.add(Finding.of(Cause.NO_TIMESTAMP));
        }
        parts.body().ifPresent(body -> require(body, named, findings));
        parts.timestamp().ifPresent(timestamp -> require(timestamp, named, findings));
        try {
            addressing(Addressing.among(parts.headers()), named, endpoint, findings);
        } catch (Refusal e) {
            findings.add(Finding.of(Cause.ADDRESSING_TWICE));
        }
    }

    private static void addressing(
            Addressing addressing, Set<Element> named, EndpointAddress endpoint, List<Finding> findings) {
        addressing.elements().forEach(header -> require(header, named, findings));
        addressing
                .to()
                .filter(to -> !endpoint.uris().contains(to))
                .ifPresent(to -> findings.add(new Finding(
                        Cause.OTHER_ADDRESS,
                        Shown.text(to),
                        "the endpoint is " + endpoint.uris().stream().sorted().collect(Collectors.joining(" or ")))));
    }

    static boolean coversBody(SignatureBlock block, Parts parts) {
        return parts.body().filter(named(block, parts)::contains).isPresent();
    }

    private static Set<Element> named(SignatureBlock block, Parts parts) {
        return block.references().stream()
                .flatMap(reference -> SignedPart.of(reference, parts).targets().stream())
                .collect(Collectors.toSet());
    }

    private static void require(Element element, Set<Element> named, List<Finding> findings) {
        if (!named.contains(element)) {
            findings.add(Finding.of(Cause.NOT_SIGNED, Shown.name(element)));
        }
    }
}
