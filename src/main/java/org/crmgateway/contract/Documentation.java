package org.crmgateway.contract;

import static org.crmgateway.contract.XmlDocument.SCHEMA;
import static org.crmgateway.contract.XmlDocument.WSDL;
import static org.crmgateway.contract.XmlDocument.children;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * What a part of the contract says about itself. The texts follow one form: sentences, then an example; rules are lines that
 * begin with a hyphen, fault codes a line that begins with "Faults:".
 *
 * @param sentences the meaning, without the example
 * @param example what "Example:" is followed by
 */
record Documentation(String sentences, List<String> rules, List<String> faults, Optional<String> example) {
    private static final String FAULTS = "Faults: ";
    private static final Pattern EXAMPLE = Pattern.compile("(?s)(.*?)\\s*Example: (.*?)\\.");

    static Documentation ofSchemaPart(Element part) {
        return of(children(part, SCHEMA, "annotation").stream()
                .flatMap(annotation -> children(annotation, SCHEMA, "documentation").stream())
                .toList());
    }

    static Documentation ofWsdlPart(Element part) {
        return of(children(part, WSDL, "documentation"));
    }

    static Documentation of(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        String sentences = String.join(
                "\n",
                lines.stream()
                        .filter(line -> !line.startsWith("- ") && !line.startsWith(FAULTS))
                        .toList());
        Matcher example = EXAMPLE.matcher(sentences);
        boolean hasExample = example.matches();
        return new Documentation(
                hasExample ? example.group(1) : sentences,
                lines.stream()
                        .filter(line -> line.startsWith("- "))
                        .map(line -> line.substring(2))
                        .toList(),
                lines.stream()
                        .filter(line -> line.startsWith(FAULTS))
                        .flatMap(line ->
                                Arrays.stream(line.substring(FAULTS.length()).split(", ")))
                        .toList(),
                hasExample ? Optional.of(example.group(2)) : Optional.empty());
    }

    private static Documentation of(List<Element> elements) {
        return of(elements.isEmpty() ? "" : elements.get(0).getTextContent());
    }
}
