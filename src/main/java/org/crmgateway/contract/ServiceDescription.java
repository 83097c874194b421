package org.crmgateway.contract;

import static org.crmgateway.contract.XmlDocument.WSDL;
import static org.crmgateway.contract.XmlDocument.child;
import static org.crmgateway.contract.XmlDocument.children;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * A service as its WSDL and schemas describe it.
 *
 * @param area e.g. {@code order}
 * @param name e.g. {@code OrderService}
 * @param operations in the order of the WSDL
 */
record ServiceDescription(
        String area, String name, Documentation documentation, List<Operation> operations, TypeIndex types) {

    /** One operation, with what its request and its answer hold. */
    record Operation(
            String name,
            String action,
            Documentation documentation,
            TypeDescription request,
            TypeDescription response) {}

    static ServiceDescription of(ContractFiles files, String area) {
        Element definitions = files.wsdl(area).root();
        TypeIndex types = TypeIndex.of(files, area);
        List<Operation> operations = children(child(definitions, WSDL, "portType"), WSDL, "operation").stream()
                .map(element -> {
                    String name = element.getAttribute("name");
                    return new Operation(
                            name,
                            definitions.getAttribute("targetNamespace") + ":" + name,
                            Documentation.ofWsdlPart(element),
                            types.type(types.typeOf(area + ":" + name)),
                            types.type(types.typeOf(area + ":" + name + "Response")));
                })
                .toList();
        return new ServiceDescription(
                area, definitions.getAttribute("name"), Documentation.ofWsdlPart(definitions), operations, types);
    }

    /** The types below the operations' requests and answers, in the order of the files. */
    List<TypeDescription> parts() {
        Set<String> messages = operations.stream()
                .flatMap(operation -> Stream.of(operation.request(), operation.response()))
                .map(TypeDescription::name)
                .collect(Collectors.toSet());
        return types.types().values().stream()
                .filter(type -> !messages.contains(type.name()))
                .toList();
    }
}
