package org.crmgateway.contract;

import static org.crmgateway.contract.Html.tag;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The readable form of one service: operations with their fields, rules, faults and examples, then types and fault codes. */
final class ServicePage {
    private final ContractFiles files;
    private final ServiceDescription service;
    private final List<FaultLine> faults;
    private final Prose prose;
    private final TypeTables tables;

    ServicePage(ContractFiles files, ServiceDescription service) {
        this.files = files;
        this.service = service;
        this.faults = service.types().type("common:FaultCode").documentation().rules().stream()
                .flatMap(rule -> FaultLine.of(rule).stream())
                .toList();
        this.prose = new Prose(faults.stream().map(FaultLine::code).collect(Collectors.toSet()));
        this.tables = new TypeTables(service.types(), prose);
    }

    byte[] bytes() {
        List<Html> main = new ArrayList<>();
        main.add(tag("h1", service.name()));
        main.add(tag("div.lead", prose.of(service.documentation().sentences())));
        main.add(tag("h2", "Operations").with("id", "operations"));
        service.operations().forEach(operation -> main.add(operation(operation)));
        main.add(tag("h2", "Types").with("id", "types"));
        List<TypeDescription> parts = service.parts();
        parts.stream().filter(type -> !type.simple()).forEach(type -> main.add(complex(type)));
        main.add(tag("h2", "Simple types").with("id", "simple-types"));
        main.add(tables.simple(parts.stream().filter(TypeDescription::simple).toList()));
        main.add(tag("h2", "Fault codes").with("id", "faults"));
        main.add(faultCodes());
        return new PageFrame(files, service.name()).bytes(navigation(), Html.all(main));
    }

    private Html navigation() {
        Stream<Html> operations = service.operations().stream()
                .map(operation -> Html.link("#" + operation.name(), Html.text(operation.name())));
        Stream<Html> parts = Stream.of(
                Html.link("#types", Html.text("Types")),
                Html.link("#simple-types", Html.text("Simple types")),
                Html.link("#faults", Html.text("Fault codes")));
        return tag(
                "nav",
                tag("p.home", Html.link("./", Html.text("CRM Gateway contract"))),
                tag("p.title", service.name()),
                list(operations.toList()),
                tag("p.title", "Reference"),
                list(parts.toList()));
    }

    private static Html list(List<Html> links) {
        return tag("ul", Html.all(links.stream().map(link -> tag("li", link)).toList()));
    }

    private Html operation(ServiceDescription.Operation operation) {
        Documentation documentation = operation.documentation();
        return tag(
                        "section.operation",
                        tag("h3", operation.name()),
                        prose.of(documentation.sentences()),
                        tag("p.action", tag("span", "SOAPAction"), tag("code", operation.action())),
                        prose.list(documentation.rules()),
                        tag("h4", "Request"),
                        tables.fields(operation.request()),
                        tag("h4", "Answer"),
                        tables.fields(operation.response()),
                        tag("h4", "Faults"),
                        tag(
                                "p.faults",
                                Html.all(documentation.faults().stream()
                                        .map(prose::name)
                                        .toList())),
                        tag("h4", "Examples"),
                        example("Request", operation.name() + "-request.xml"),
                        example("Answer", operation.name() + "-response.xml"),
                        example("A request that fails", operation.name() + "-fault-request.xml"),
                        example("Its fault", operation.name() + "-fault.xml"))
                .with("id", operation.name());
    }

    private Html example(String title, String file) {
        String xml = new String(files.bytes("wsdl/examples/" + file), StandardCharsets.UTF_8);
        return tag(
                "details",
                tag("summary", Html.text(title)),
                tag("p.file", Html.link("examples/" + file, Html.text(file))),
                tag("pre", tag("code", xml.substring(xml.indexOf('\n') + 1))));
    }

    private Html complex(TypeDescription type) {
        return tag(
                        "section.type",
                        tag("h3", TypeTables.local(type.name())),
                        prose.of(type.documentation().sentences()),
                        tables.fields(type))
                .with("id", TypeTables.anchor(type.name()));
    }

    private Html faultCodes() {
        return TypeTables.table(
                "faultcodes",
                List.of("Code", "Category", "Meaning"),
                faults.stream()
                        .map(fault -> tag(
                                "tr",
                                tag("td", tag("code.name", fault.code())).with("id", "fault-" + fault.code()),
                                tag("td", fault.category()),
                                tag("td.meaning", prose.inline(fault.meaning()))))
                        .toList());
    }
}
