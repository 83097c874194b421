package org.crmgateway.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * One named type of the schemas.
 *
 * @param name with its namespace's prefix, which is the same in all files, e.g. {@code common:Amount}
 * @param fields of a complex type; empty for a simple one
 * @param values of an enumeration, with their meaning
 * @param limits of a simple type in words, e.g. {@code 1 to 40 characters}
 */
record TypeDescription(
        String name, Documentation documentation, List<Field> fields, Map<String, String> values, String limits) {

    /**
     * One element of a complex type.
     *
     * @param most the largest number of times it may come
     */
    record Field(String name, String type, boolean required, int most, Documentation documentation) {
        /** How often the field comes, in words. */
        String occurrence() {
            if (most > 1) {
                return (required ? "1" : "0") + " to " + most;
            }
            return required ? "required" : "optional";
        }
    }

    boolean simple() {
        return fields.isEmpty();
    }

    static TypeDescription ofComplex(String name, Element type) {
        Element sequence = XmlDocument.child(type, XmlDocument.SCHEMA, "sequence");
        List<Field> fields = XmlDocument.children(sequence).stream()
                .map(element -> new Field(
                        element.getAttribute("name"),
                        element.getAttribute("type"),
                        !element.getAttribute("minOccurs").equals("0"),
                        element.hasAttribute("maxOccurs") ? Integer.parseInt(element.getAttribute("maxOccurs")) : 1,
                        Documentation.ofSchemaPart(element)))
                .toList();
        return new TypeDescription(name, Documentation.ofSchemaPart(type), fields, Map.of(), "");
    }

    static TypeDescription ofSimple(String name, Element type) {
        Element restriction = XmlDocument.child(type, XmlDocument.SCHEMA, "restriction");
        Map<String, String> values = new LinkedHashMap<>();
        XmlDocument.children(restriction, XmlDocument.SCHEMA, "enumeration")
                .forEach(value -> values.put(
                        value.getAttribute("value"),
                        Documentation.ofSchemaPart(value).sentences()));
        return new TypeDescription(
                name, Documentation.ofSchemaPart(type), List.of(), values, limits(restriction, values));
    }

    private static String limits(Element restriction, Map<String, String> values) {
        if (!values.isEmpty()) {
            return "one of " + String.join(", ", values.keySet());
        }
        List<String> limits = new ArrayList<>();
        facet(restriction, "length").ifPresent(length -> limits.add(length + " characters"));
        facet(restriction, "maxLength")
                .ifPresent(most ->
                        limits.add(facet(restriction, "minLength").orElse("0") + " to " + most + " characters"));
        facet(restriction, "minInclusive")
                .ifPresent(least -> limits.add(facet(restriction, "maxInclusive")
                        .map(most -> least + " to " + most)
                        .orElse("at least " + least)));
        facet(restriction, "fractionDigits").ifPresent(behind -> {
            int total = Integer.parseInt(facet(restriction, "totalDigits").orElseThrow());
            limits.add("up to " + (total - Integer.parseInt(behind)) + " digits and " + behind + " decimals");
        });
        return limits.isEmpty() ? base(restriction) : String.join("; ", limits);
    }

    private static String base(Element restriction) {
        return restriction.getAttribute("base").equals("xs:date") ? "a day, no zone" : "a moment, with offset";
    }

    private static Optional<String> facet(Element restriction, String name) {
        return XmlDocument.children(restriction, XmlDocument.SCHEMA, name).stream()
                .map(facet -> facet.getAttribute("value"))
                .findFirst();
    }
}
