package org.crmgateway.contract;

import static org.crmgateway.contract.XmlDocument.SCHEMA;
import static org.crmgateway.contract.XmlDocument.children;

import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** A service's schemas without references to files: includes are put in place, imports name only the namespace. */
final class InlineSchemas {
    private InlineSchemas() {}

    /** The schemas a WSDL of {@code area} needs, one a namespace; those that others import come first. */
    static List<Element> of(ContractFiles files, String area) {
        return Stream.of("common-v1.xsd", "header-v1.xsd", "fault-v1.xsd", area + "-messages-v1.xsd")
                .map(name -> whole(files, name))
                .toList();
    }

    private static Element whole(ContractFiles files, String name) {
        Element schema = files.schema(name).root();
        for (Element include : children(schema, SCHEMA, "include")) {
            // All files bind the same prefixes to the same namespaces, so the parts can move.
            Element included =
                    files.schema(include.getAttribute("schemaLocation")).root();
            children(included).stream()
                    .filter(part -> part.hasAttribute("name"))
                    .forEach(
                            part -> schema.appendChild(schema.getOwnerDocument().importNode(part, true)));
            schema.removeChild(include);
        }
        children(schema, SCHEMA, "import").forEach(element -> element.removeAttribute("schemaLocation"));
        return schema;
    }
}
