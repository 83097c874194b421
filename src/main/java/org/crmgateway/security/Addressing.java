package org.crmgateway.security;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * The WS-Addressing headers of a message (1.0, and the submission of August 2004 that older toolkits send).
 *
 * @param elements each of them; where the dialect signs, each must be signed
 */
public record Addressing(List<Element> elements) {
    static final String NAMESPACE = "http://www.w3.org/2005/08/addressing";
    static final String NAMESPACE_2004 = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    private static final Set<QName> NAMES = Stream.of(
                    "To", "From", "ReplyTo", "FaultTo", "Action", "MessageID", "RelatesTo", "ReferenceParameters")
            .flatMap(name -> Stream.of(new QName(NAMESPACE, name), new QName(NAMESPACE_2004, name)))
            .collect(Collectors.toUnmodifiableSet());

    /** Where an answer may go: back on the same connection. */
    private static final Set<String> HERE = Set.of(NAMESPACE + "/anonymous", NAMESPACE_2004 + "/role/anonymous");

    public Addressing {
        elements = List.copyOf(elements);
    }

    /**
     * Picks them out of all headers.
     *
     * @throws Refusal when one comes twice
     */
    public static Addressing among(List<Element> headers) {
        List<Element> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Element header : headers) {
            String namespace = header.getNamespaceURI();
            if (NAMESPACE.equals(namespace) || NAMESPACE_2004.equals(namespace)) {
                if (!names.add(header.getLocalName())) {
                    throw Refusal.security("sec.wsa.twice");
                }
                found.add(header);
            }
        }
        return new Addressing(found);
    }

    /** Every header there is, in both versions. */
    static Set<QName> names() {
        return NAMES;
    }

    public Optional<String> to() {
        return text("To").filter(to -> !HERE.contains(to));
    }

    Optional<String> action() {
        return text("Action");
    }

    Optional<String> messageId() {
        return text("MessageID");
    }

    /** Whether an answer or a fault is wanted elsewhere than on this connection; nothing is ever sent there. */
    boolean answerElsewhere() {
        return elements.stream()
                .filter(header -> header.getLocalName().equals("ReplyTo")
                        || header.getLocalName().equals("FaultTo"))
                .anyMatch(header -> !HERE.contains(address(header)));
    }

    private static String address(Element endpointReference) {
        var addresses = endpointReference.getElementsByTagNameNS(endpointReference.getNamespaceURI(), "Address");
        return addresses.getLength() == 1 ? addresses.item(0).getTextContent().strip() : "";
    }

    private Optional<String> text(String name) {
        return elements.stream()
                .filter(header -> header.getLocalName().equals(name))
                .map(header -> header.getTextContent().strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
