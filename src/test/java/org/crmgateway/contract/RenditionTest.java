package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crmgateway.contract.XmlDocument.SCHEMA;
import static org.crmgateway.contract.XmlDocument.WSDL;
import static org.crmgateway.contract.XmlDocument.child;
import static org.crmgateway.contract.XmlDocument.children;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.wsdl.Definition;
import javax.wsdl.factory.WSDLFactory;
import org.apache.ws.commons.schema.XmlSchemaCollection;
import org.crmgateway.contract.Rendition.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class RenditionTest {
    private static final PublicAddress ADDRESS = PublicAddress.of(URI.create("https://crm.example.com/gateway/"));

    private final ContractFiles files = new ContractFiles();

    static List<Rendition> renditions() {
        return Rendition.all();
    }

    @Test
    void everyServiceHasFiveDialectsAndEverySecuredOneUpToThreeForms() {
        // Two services; what encrypts in three forms, username-tls in two, sandbox in one; one or both ports; imports
        // or flat.
        assertThat(renditions()).hasSize(2 * (3 * 3 + 2 + 1) * 3 * 2);
        assertThat(renditions().stream().map(Rendition::fileName)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("renditions")
    void everyPortHasTheAddressOfTheDialectBelowThePublicAddress(Rendition rendition) {
        Element definitions = definitions(rendition);
        List<Element> ports = children(child(definitions, WSDL, "service"), WSDL, "port");
        String address = "https://crm.example.com/gateway/services/" + rendition.area() + "/v1/" + rendition.dialect();
        assertThat(ports.stream().map(port -> XmlDocument.children(port).get(1).getAttribute("location")))
                .containsExactlyElementsOf(
                        switch (rendition.ports()) {
                            case SOAP_11 -> List.of(address);
                            case SOAP_12 -> List.of(address + "-soap12");
                            case BOTH -> List.of(address, address + "-soap12");
                        });
        assertThat(ports.stream().map(port -> port.getAttribute("name")))
                .containsExactlyElementsOf(children(definitions, WSDL, "binding").stream()
                        .map(binding -> binding.getAttribute("name"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("renditions")
    void whatIsNotAboutSecurityIsTheSameInEveryRendition(Rendition rendition) {
        Element source = files.wsdl(rendition.area()).root();
        Element definitions = definitions(rendition);
        for (String part : List.of("message", "portType", "binding")) {
            assertThat(children(definitions, WSDL, part).stream().map(this::withoutPolicies))
                    .containsExactlyElementsOf(children(source, WSDL, part).stream()
                            .filter(element -> kept(element, rendition.ports()))
                            .map(this::withoutPolicies)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("renditions")
    void schemasAreInsideAFlatRenditionAndAtThePublicAddressOtherwise(Rendition rendition) {
        List<Element> schemas = children(child(definitions(rendition), WSDL, "types"), SCHEMA, "schema");
        if (rendition.flat()) {
            assertThat(schemas.stream().map(schema -> schema.getAttribute("targetNamespace")))
                    .containsExactlyInAnyOrder(
                            "urn:crmgateway:common:v1",
                            "urn:crmgateway:header:v1",
                            "urn:crmgateway:fault:v1",
                            "urn:crmgateway:" + rendition.area() + ":v1");
            assertThat(schemas).allSatisfy(schema -> {
                assertThat(children(schema, SCHEMA, "include")).isEmpty();
                assertThat(children(schema, SCHEMA, "import"))
                        .allSatisfy(element -> assertThat(element.hasAttribute("schemaLocation"))
                                .isFalse());
            });
        } else {
            assertThat(children(schemas.get(0), SCHEMA, "import"))
                    .allSatisfy(element -> assertThat(element.getAttribute("schemaLocation"))
                            .startsWith("https://crm.example.com/gateway/contract/xsd/")
                            .endsWith("-v1.xsd"));
        }
    }

    @ParameterizedTest
    @MethodSource("renditions")
    void aFlatRenditionDefinesEveryTypeOfTheFiles(Rendition rendition) {
        if (rendition.flat()) {
            Set<String> defined = new HashSet<>();
            for (Element schema : children(child(definitions(rendition), WSDL, "types"), SCHEMA, "schema")) {
                String namespace = schema.getAttribute("targetNamespace");
                String prefix = namespace.split(":")[2] + ":";
                children(schema).stream()
                        .filter(part -> part.getLocalName().endsWith("Type"))
                        .forEach(part -> assertThat(defined.add(prefix + part.getAttribute("name")))
                                .isTrue());
            }
            assertThat(defined)
                    .isEqualTo(TypeIndex.of(files, rendition.area()).types().keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("renditions")
    void thePoliciesThereAreAreAllReferredToAndNoOthers(Rendition rendition) {
        Element definitions = definitions(rendition);
        Set<String> policies = new HashSet<>();
        Set<String> references = new HashSet<>();
        collect(definitions, policies, references);
        switch (rendition.security()) {
            case POLICY_FREE -> assertThat(policies).isEmpty();
            case SECURED -> assertThat(policies).containsExactlyInAnyOrder("Security", "Message", "Fault");
            case SECURED_ENCRYPTED_FAULTS -> assertThat(policies).containsExactlyInAnyOrder("Security", "Message");
        }
        assertThat(references).isEqualTo(policies);
    }

    @ParameterizedTest
    @MethodSource("renditions")
    void aStandardReaderUnderstandsIt(Rendition rendition) throws Exception {
        // Without imports it stands alone, so it is read whole, schemas too.
        Rendition flat =
                new Rendition(rendition.area(), rendition.dialect(), Rendition.Ports.BOTH, rendition.security(), true);
        Element definitions = definitions(flat);
        Definition definition =
                WSDLFactory.newInstance().newWSDLReader().readWSDL("memory:", definitions.getOwnerDocument());
        assertThat(definition.getAllBindings()).hasSize(2);
        assertThat(definition.getAllPortTypes()).hasSize(1);
        XmlSchemaCollection schemas = new XmlSchemaCollection();
        for (Element schema : children(child(definitions, WSDL, "types"), SCHEMA, "schema")) {
            schemas.read(schema, schema.getAttribute("targetNamespace"));
        }
    }

    @Test
    void anEndpointServesItsOwnRenditionWithItsPolicy() {
        ContractSite site = new ContractSite(URI.create("https://crm.example.com/gateway"), true);
        assertThat(site.wsdl("order", "modern", true))
                .isEqualTo(new Rendition("order", "modern", Rendition.Ports.SOAP_12, Security.SECURED, false)
                        .wsdl(files, ADDRESS)
                        .bytes());
        assertThat(site.wsdl("customer", "sandbox", false))
                .isEqualTo(new Rendition("customer", "sandbox", Rendition.Ports.SOAP_11, Security.POLICY_FREE, false)
                        .wsdl(files, ADDRESS)
                        .bytes());
    }

    private Element definitions(Rendition rendition) {
        // Through text, since that is what is served.
        return XmlDocument.parse(rendition.wsdl(files, ADDRESS).bytes()).root();
    }

    private String withoutPolicies(Element part) {
        Element copy = (Element) part.cloneNode(true);
        removePolicies(copy);
        return describe(copy);
    }

    private static boolean kept(Element part, Rendition.Ports ports) {
        return switch (ports) {
            case SOAP_11 -> !part.getAttribute("name").endsWith("Soap12");
            case SOAP_12 -> !part.getAttribute("name").endsWith("Soap11");
            case BOTH -> true;
        };
    }

    private static void removePolicies(Element element) {
        for (Element child : children(element)) {
            if (child.getLocalName().startsWith("Policy")) {
                element.removeChild(child);
            } else {
                removePolicies(child);
            }
        }
    }

    private static String describe(Element element) {
        StringBuilder text = new StringBuilder(element.getNodeName());
        for (String name : List.of("name", "type", "element", "message", "soapAction", "use", "style")) {
            text.append(' ').append(element.getAttribute(name));
        }
        children(element)
                .forEach(child -> text.append('(').append(describe(child)).append(')'));
        return children(element).isEmpty() ? text + element.getTextContent() : text.toString();
    }

    private static void collect(Element element, Set<String> policies, Set<String> references) {
        if (element.getLocalName().equals("Policy") && element.hasAttributes()) {
            policies.add(element.getAttributeNode("wsu:Id").getValue());
        } else if (element.getLocalName().equals("PolicyReference")) {
            references.add(element.getAttribute("URI").substring(1));
        }
        children(element).forEach(child -> collect(child, policies, references));
    }
}
