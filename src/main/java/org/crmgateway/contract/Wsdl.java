package org.crmgateway.contract;

import static org.crmgateway.contract.XmlDocument.SCHEMA;
import static org.crmgateway.contract.XmlDocument.WSDL;
import static org.crmgateway.contract.XmlDocument.child;
import static org.crmgateway.contract.XmlDocument.children;

import java.util.List;
import java.util.function.Consumer;
import org.w3c.dom.Element;

/**
 * A rendition of a service's WSDL, computed from the one file there is; each step gives a new one.
 *
 * @param area the service
 */
record Wsdl(ContractFiles files, String area, XmlDocument document) {
    static Wsdl of(ContractFiles files, String area) {
        return new Wsdl(files, area, files.wsdl(area));
    }

    /** With the addresses of the endpoints of {@code dialect}. */
    Wsdl at(PublicAddress address, String dialect) {
        return with(definitions -> {
            for (SoapVersion version : SoapVersion.values()) {
                for (Element port : ending(definitions, "port", version)) {
                    // After its documentation.
                    children(port).get(1).setAttribute("location", address.of(area, dialect, version));
                }
            }
        });
    }

    /** With the binding and port of one SOAP version only. */
    Wsdl only(SoapVersion wanted) {
        return with(definitions -> {
            for (SoapVersion version : SoapVersion.values()) {
                if (version != wanted) {
                    ending(definitions, "binding", version).forEach(Wsdl::remove);
                    ending(definitions, "port", version).forEach(Wsdl::remove);
                }
            }
        });
    }

    /** With the schemas imported from {@code folder}, a URL or a relative path without a slash at the end. */
    Wsdl importingFrom(String folder) {
        return with(definitions -> imports(definitions).forEach(element -> {
            String location = element.getAttribute("schemaLocation");
            element.setAttribute("schemaLocation", folder + location.substring(location.lastIndexOf('/')));
        }));
    }

    Wsdl securedBy(SecurityPolicy policy) {
        return with(policy::attachTo);
    }

    /** With all schemas inside, one a namespace, for toolkits that cannot follow an import. */
    Wsdl flat() {
        return with(definitions -> {
            Element types = child(definitions, WSDL, "types");
            children(types).forEach(Wsdl::remove);
            InlineSchemas.of(files, area)
                    .forEach(schema ->
                            types.appendChild(definitions.getOwnerDocument().importNode(schema, true)));
        });
    }

    byte[] bytes() {
        return document.bytes();
    }

    private Wsdl with(Consumer<Element> change) {
        XmlDocument copy = document.copy();
        change.accept(copy.root());
        return new Wsdl(files, area, copy);
    }

    private static List<Element> ending(Element definitions, String name, SoapVersion version) {
        Element parent = name.equals("port") ? child(definitions, WSDL, "service") : definitions;
        return children(parent, WSDL, name).stream()
                .filter(element -> element.getAttribute("name").endsWith(version.portSuffix()))
                .toList();
    }

    private static List<Element> imports(Element definitions) {
        return children(child(child(definitions, WSDL, "types"), SCHEMA, "schema"), SCHEMA, "import");
    }

    private static void remove(Element element) {
        element.getParentNode().removeChild(element);
    }
}
