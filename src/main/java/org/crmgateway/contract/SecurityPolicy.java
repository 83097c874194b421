package org.crmgateway.contract;

import static org.crmgateway.contract.XmlDocument.WSDL;
import static org.crmgateway.contract.XmlDocument.child;
import static org.crmgateway.contract.XmlDocument.children;

import java.util.List;
import javax.xml.XMLConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The security of a dialect as a WS-Policy (1.5) that can be attached to a WSDL 1.1, by its section 4: to the bindings and,
 * where messages differ, to input, output and fault.
 */
final class SecurityPolicy {
    private static final String POLICY = "http://www.w3.org/ns/ws-policy";
    private static final String UTILITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    private static final List<String> PREFIXES = List.of("wsp", "sp", "wsu");

    private final XmlDocument file;
    private final boolean encryptFaults;

    /** @param encryptFaults for toolkits that refuse a fault in clear (Rampart 1.7); Metro refuses the encrypted one */
    SecurityPolicy(XmlDocument file, boolean encryptFaults) {
        this.file = file;
        this.encryptFaults = encryptFaults;
    }

    /** Puts the policies into {@code definitions} and refers to them. */
    void attachTo(Element definitions) {
        for (Element binding : children(definitions, WSDL, "binding")) {
            refer(binding, "Security");
            for (Element operation : children(binding, WSDL, "operation")) {
                refer(child(operation, WSDL, "input"), "Message");
                refer(child(operation, WSDL, "output"), "Message");
                refer(child(operation, WSDL, "fault"), encryptFaults ? "Message" : "Fault");
            }
        }
        Node first = children(definitions, WSDL, "types").get(0);
        // Declared once at the top, else the writer repeats them at each policy and each reference.
        PREFIXES.forEach(prefix -> definitions.setAttributeNS(
                XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
                "xmlns:" + prefix,
                file.root().lookupNamespaceURI(prefix)));
        children(file.root(), POLICY, "Policy").stream()
                .filter(policy -> !encryptFaults || !name(policy).equals("Fault"))
                .forEach(policy ->
                        definitions.insertBefore(definitions.getOwnerDocument().importNode(policy, true), first));
    }

    private static String name(Element policy) {
        return policy.getAttributeNS(UTILITY, "Id");
    }

    private static void refer(Element subject, String policy) {
        Document document = subject.getOwnerDocument();
        Element reference = document.createElementNS(POLICY, "wsp:PolicyReference");
        reference.setAttribute("URI", "#" + policy);
        Node first = children(subject).stream()
                .filter(element -> !element.getLocalName().equals("documentation"))
                .findFirst()
                .orElse(null);
        subject.insertBefore(reference, first);
    }
}
