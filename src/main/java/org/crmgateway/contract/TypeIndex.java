package org.crmgateway.contract;

import static org.crmgateway.contract.XmlDocument.children;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * All that a service's schemas define, by prefixed name, in the order of the files.
 *
 * @param elements the name of each global element's type
 */
record TypeIndex(Map<String, TypeDescription> types, Map<String, String> elements) {
    static TypeIndex of(ContractFiles files, String area) {
        Map<String, TypeDescription> types = new LinkedHashMap<>();
        Map<String, String> elements = new LinkedHashMap<>();
        for (String file : List.of(
                area + "-messages-v1.xsd", area + "-v1.xsd", "header-v1.xsd", "fault-v1.xsd", "common-v1.xsd")) {
            String prefix = file.substring(0, file.indexOf('-')) + ":";
            for (Element part : children(files.schema(file).root())) {
                String name = prefix + part.getAttribute("name");
                switch (part.getLocalName()) {
                    case "complexType" -> types.put(name, TypeDescription.ofComplex(name, part));
                    case "simpleType" -> types.put(name, TypeDescription.ofSimple(name, part));
                    case "element" -> elements.put(name, part.getAttribute("type"));
                    default -> {
                        // Annotations, imports and includes define nothing.
                    }
                }
            }
        }
        return new TypeIndex(types, elements);
    }

    /** @param name of a type of ours */
    TypeDescription type(String name) {
        TypeDescription type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no type " + name);
        }
        return type;
    }

    /** The name of the type of a global element. */
    String typeOf(String element) {
        String type = elements.get(element);
        if (type == null) {
            throw new IllegalArgumentException("no element " + element);
        }
        return type;
    }

    /** Whether {@code name} is a type of ours, not one of XML Schema's own. */
    boolean has(String name) {
        return types.containsKey(name);
    }
}
