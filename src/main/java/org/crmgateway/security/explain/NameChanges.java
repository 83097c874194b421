package org.crmgateway.security.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.wss4j.common.WSS4JConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What happens to prefixes, declarations, attributes and elements of messages behind their signature, the other way round. */
final class NameChanges {
    private static final String XMLNS = WSS4JConstants.XMLNS_NS;
    private static final int MOST_NAMES = 30;
    private static final int MOST_ELEMENTS = 60;

    /** What toolkits call things. */
    private static final List<String> USUAL = List.of(
            "soap",
            "soapenv",
            "SOAP-ENV",
            "env",
            "s",
            "S",
            "soap12",
            "SOAP",
            "e",
            "",
            "ns0",
            "ns1",
            "ns2",
            "ns3",
            "ns4",
            "tns",
            "m",
            "a",
            "b",
            "q1",
            "wsa",
            "wsse",
            "wsu",
            "ds",
            "dsig",
            "o",
            "u",
            "ord",
            "cus",
            "v1");

    private static final List<String> DECLARED = List.of(
            "http://www.w3.org/2001/XMLSchema",
            "http://www.w3.org/2001/XMLSchema-instance",
            "http://www.w3.org/2005/08/addressing",
            WSS4JConstants.ENC_NS,
            "http://schemas.xmlsoap.org/soap/envelope/");

    private NameChanges() {}

    /** @param prefixes of the PrefixList, whose declarations count even where nobody uses them */
    static List<Hypothesis> of(Element top, String prefixes) {
        List<Hypothesis> all = new ArrayList<>();
        declarations(top, prefixes, all);
        attributes(top, all);
        rewritten(top, all);
        elements(top, all);
        return all;
    }

    private static void declarations(Element top, String prefixes, List<Hypothesis> all) {
        for (String prefix : prefixes.split("\\s+", MOST_NAMES)) {
            if (!prefix.isEmpty() && !prefix.startsWith("#") && top.lookupNamespaceURI(prefix) == null) {
                Set<String> candidates = new LinkedHashSet<>(
                        usedNamespaces(top.getOwnerDocument().getDocumentElement()));
                candidates.addAll(DECLARED);
                candidates.forEach(uri -> all.add(Hypothesis.of(
                        Cause.NAMESPACE_LOST,
                        "with a declaration of the prefix " + Shown.text(prefix) + ", which the PrefixList names",
                        target -> target.getOwnerDocument()
                                .getDocumentElement()
                                .setAttributeNS(XMLNS, "xmlns:" + prefix, uri))));
            }
        }
    }

    private static void attributes(Element top, List<Hypothesis> all) {
        Set<String> names = new LinkedHashSet<>();
        for (Element element : Parts.descendants(top)) {
            attributesOf(element).stream()
                    .filter(attribute -> !XMLNS.equals(attribute.getNamespaceURI()))
                    .forEach(attribute -> names.add(attribute.getName()));
        }
        names.stream().limit(MOST_NAMES).forEach(name -> {
            String shown = Shown.text(name);
            all.add(new Hypothesis(
                    Cause.ATTRIBUTE_ADDED,
                    shown,
                    "without it",
                    target -> Parts.descendants(target).forEach(element -> element.removeAttribute(name))));
            all.add(new Hypothesis(
                    Cause.ATTRIBUTE_ADDED,
                    shown,
                    "without it on the signed element itself",
                    target -> target.removeAttribute(name)));
        });
    }

    private static void rewritten(Element top, List<Hypothesis> all) {
        Set<String> prefixes = new LinkedHashSet<>(declaredPrefixes(top.getOwnerDocument()));
        prefixes.addAll(USUAL);
        for (String namespace : usedNamespaces(top)) {
            Set<String> tried = new LinkedHashSet<>(prefixes);
            tried.addAll(wordsOf(namespace));
            for (String prefix : tried) {
                String said = prefix.isEmpty() ? "without a prefix" : "with the prefix " + Shown.text(prefix);
                all.add(Hypothesis.of(
                        Cause.PREFIX_REWRITTEN,
                        said + " for " + Shown.text(namespace),
                        target -> rename(target, namespace, prefix)));
            }
        }
    }

    /** People call a prefix after the namespace, whole words of it or first letters. */
    private static Set<String> wordsOf(String namespace) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : namespace.split("[^A-Za-z0-9]+", MOST_NAMES)) {
            if (word.matches("[A-Za-z][A-Za-z0-9]{0,30}")) {
                words.add(word);
                words.add(word.substring(0, 1));
                words.add(word.substring(0, Math.min(3, word.length())));
            }
        }
        return words;
    }

    private static Set<String> declaredPrefixes(Document document) {
        Set<String> prefixes = new LinkedHashSet<>();
        for (Element element : Parts.descendants(document.getDocumentElement())) {
            for (Attr attribute : attributesOf(element)) {
                if (XMLNS.equals(attribute.getNamespaceURI()) && prefixes.size() < MOST_NAMES) {
                    prefixes.add(attribute.getName().equals("xmlns") ? "" : attribute.getLocalName());
                }
            }
        }
        return prefixes;
    }

    private static Set<String> usedNamespaces(Element top) {
        Set<String> namespaces = new TreeSet<>();
        for (Element element : Parts.descendants(top)) {
            if (element.getNamespaceURI() != null && namespaces.size() < MOST_NAMES) {
                namespaces.add(element.getNamespaceURI());
            }
        }
        return namespaces;
    }

    private static void rename(Element top, String namespace, String prefix) {
        Document document = top.getOwnerDocument();
        for (Element element : Parts.descendants(top)) {
            if (namespace.equals(element.getNamespaceURI())) {
                document.renameNode(element, namespace, named(prefix, element.getLocalName()));
            }
            for (Attr attribute : attributesOf(element)) {
                if (namespace.equals(attribute.getNamespaceURI()) && !prefix.isEmpty()) {
                    document.renameNode(attribute, namespace, named(prefix, attribute.getLocalName()));
                }
            }
        }
        top.setAttributeNS(XMLNS, prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace);
    }

    private static String named(String prefix, String local) {
        return prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static void elements(Element top, List<Hypothesis> all) {
        int most = Math.min(MOST_ELEMENTS, Parts.descendants(top).size() - 1);
        for (int i = 1; i <= most; i++) {
            int place = i;
            all.add(new Hypothesis(
                    Cause.ELEMENT_ADDED,
                    Shown.name(Parts.descendants(top).get(place)),
                    "without it",
                    target -> remove(Parts.descendants(target).get(place))));
        }
    }

    private static void remove(Element element) {
        element.getParentNode().removeChild(element);
    }

    private static List<Attr> attributesOf(Element element) {
        List<Attr> attributes = new ArrayList<>();
        var map = element.getAttributes();
        for (int i = 0; i < map.getLength(); i++) {
            Node node = map.item(i);
            if (node instanceof Attr attribute) {
                attributes.add(attribute);
            }
        }
        return attributes;
    }
}
