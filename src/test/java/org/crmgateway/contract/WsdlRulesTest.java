package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crmgateway.contract.XmlDocument.SCHEMA;
import static org.crmgateway.contract.XmlDocument.WSDL;
import static org.crmgateway.contract.XmlDocument.child;
import static org.crmgateway.contract.XmlDocument.children;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Element;

/** What every WSDL must keep to. */
class WsdlRulesTest {
    private static final List<String> AREAS = ContractFiles.AREAS;
    private static final Map<String, String> SOAP = Map.of(
            "Soap11", "http://schemas.xmlsoap.org/wsdl/soap/",
            "Soap12", "http://schemas.xmlsoap.org/wsdl/soap12/");

    private final ContractFiles files = new ContractFiles();

    @ParameterizedTest
    @FieldSource("AREAS")
    void oneDocumentDescribesTheServiceAndImportsOnlySchemas(String area) {
        Element root = files.wsdl(area).root();
        assertThat(root.getAttribute("targetNamespace")).isEqualTo(namespace(area));
        assertThat(children(root, WSDL, "import")).isEmpty();
        Element schema = child(child(root, WSDL, "types"), SCHEMA, "schema");
        assertThat(children(schema)).allSatisfy(part -> {
            assertThat(part.getLocalName()).isEqualTo("import");
            assertThat(part.getAttribute("schemaLocation")).startsWith("../xsd/");
        });
        assertThat(children(root, WSDL, "service")).hasSize(1);
        assertThat(children(root, WSDL, "portType")).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("AREAS")
    void everyPartIsDocumented(String area) {
        Element root = files.wsdl(area).root();
        assertThat(documentable(root))
                .allSatisfy(part -> assertThat(Documentation.ofWsdlPart(part).sentences())
                        .as(part.getLocalName() + " " + part.getAttribute("name"))
                        .endsWith("."));
        assertThat(operations(root))
                .allSatisfy(operation -> assertThat(
                                Documentation.ofWsdlPart(operation).faults())
                        .as("the faults of " + operation.getAttribute("name"))
                        .isNotEmpty());
    }

    @ParameterizedTest
    @FieldSource("AREAS")
    void namesAreShortEnoughForToolkitsThatCutThem(String area) {
        Element root = files.wsdl(area).root();
        assertThat(Stream.concat(documentable(root).stream(), children(root, WSDL, "message").stream()))
                .allSatisfy(part -> assertThat(part.getAttribute("name")).hasSizeBetween(1, 28));
    }

    @ParameterizedTest
    @FieldSource("AREAS")
    void everyOperationIsWrappedAndItsRequestAndAnswerShareNoName(String area) {
        ServiceDescription service = ServiceDescription.of(files, area);
        Element root = files.wsdl(area).root();
        for (ServiceDescription.Operation operation : service.operations()) {
            String type = Character.toUpperCase(operation.name().charAt(0))
                    + operation.name().substring(1);
            assertThat(element(root, type + "Request")).isEqualTo(area + ":" + operation.name());
            assertThat(element(root, type + "Response")).isEqualTo(area + ":" + operation.name() + "Response");
            assertThat(operation.request().name()).isEqualTo(area + ":" + type + "Request");
            assertThat(operation.response().name()).isEqualTo(area + ":" + type + "Response");

            TypeDescription.Field requestHeader = operation.request().fields().get(0);
            assertThat(requestHeader.name()).isEqualTo("requestHeader");
            assertThat(requestHeader.occurrence()).isEqualTo("optional");
            TypeDescription.Field responseHeader = operation.response().fields().get(0);
            assertThat(responseHeader.name()).isEqualTo("responseHeader");
            assertThat(responseHeader.occurrence()).isEqualTo("required");
            assertThat(names(operation.request())).doesNotContainAnyElementsOf(names(operation.response()));
        }
    }

    @ParameterizedTest
    @FieldSource("AREAS")
    void everyOperationHasTheOneFaultInBothBindings(String area) {
        Element root = files.wsdl(area).root();
        assertThat(element(root, "GatewayFaultMessage")).isEqualTo("fault:gatewayFault");
        for (Element operation : operations(root)) {
            Element fault = child(operation, WSDL, "fault");
            assertThat(fault.getAttribute("message")).isEqualTo(area + ":GatewayFaultMessage");
            assertThat(fault.getAttribute("name")).isEqualTo("gatewayFault");
        }
        for (Element binding : children(root, WSDL, "binding")) {
            String soap = soap(binding);
            assertThat(children(binding, WSDL, "operation"))
                    .allSatisfy(operation -> assertThat(child(child(operation, WSDL, "fault"), soap, "fault")
                                    .getAttribute("use"))
                            .isEqualTo("literal"));
        }
    }

    @ParameterizedTest
    @FieldSource("AREAS")
    void everyOperationIsBoundToBothSoapVersionsAsDocumentLiteral(String area) {
        Element root = files.wsdl(area).root();
        List<Element> bindings = children(root, WSDL, "binding");
        assertThat(bindings).hasSize(2);
        for (Element binding : bindings) {
            String soap = soap(binding);
            assertThat(child(binding, soap, "binding").getAttribute("style")).isEqualTo("document");
            assertThat(children(binding, WSDL, "operation").stream().map(WsdlRulesTest::name))
                    .containsExactlyElementsOf(
                            operations(root).stream().map(WsdlRulesTest::name).toList());
            for (Element operation : children(binding, WSDL, "operation")) {
                Element bound = child(operation, soap, "operation");
                assertThat(bound.getAttribute("soapAction")).isEqualTo(namespace(area) + ":" + name(operation));
                assertThat(bound.getAttribute("style")).isEqualTo("document");
                assertThat(child(child(operation, WSDL, "input"), soap, "body").getAttribute("use"))
                        .isEqualTo("literal");
                assertThat(child(child(operation, WSDL, "output"), soap, "body").getAttribute("use"))
                        .isEqualTo("literal");
            }
        }
        Set<String> ports = children(child(root, WSDL, "service"), WSDL, "port").stream()
                .map(WsdlRulesTest::name)
                .collect(Collectors.toSet());
        assertThat(ports).isEqualTo(bindings.stream().map(WsdlRulesTest::name).collect(Collectors.toSet()));
    }

    private static List<Element> documentable(Element root) {
        return Stream.of(
                        Stream.of(root),
                        Stream.of("message", "portType", "binding", "service")
                                .flatMap(name -> children(root, WSDL, name).stream()),
                        operations(root).stream(),
                        children(child(root, WSDL, "service"), WSDL, "port").stream())
                .flatMap(parts -> parts)
                .toList();
    }

    private static List<Element> operations(Element root) {
        return children(child(root, WSDL, "portType"), WSDL, "operation");
    }

    private static String element(Element root, String message) {
        Element found = children(root, WSDL, "message").stream()
                .filter(element -> name(element).equals(message))
                .findFirst()
                .orElseThrow();
        return child(found, WSDL, "part").getAttribute("element");
    }

    private static List<String> names(TypeDescription type) {
        return type.fields().stream().map(TypeDescription.Field::name).toList();
    }

    private static String soap(Element binding) {
        String name = name(binding);
        return SOAP.getOrDefault(name.substring(name.length() - "Soap11".length()), "neither version");
    }

    private static String name(Element element) {
        return element.getAttribute("name");
    }

    private static String namespace(String area) {
        return "urn:crmgateway:" + area + ":v1";
    }
}
