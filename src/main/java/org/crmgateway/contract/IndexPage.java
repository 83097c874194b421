package org.crmgateway.contract;

import static org.crmgateway.contract.Html.link;
import static org.crmgateway.contract.Html.tag;
import static org.crmgateway.contract.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The first page of the contract: the services, where they answer, and every file to download. */
final class IndexPage {
    private final ContractFiles files;
    private final PublicAddress address;
    private final List<ServiceDescription> services;
    private final List<String> dialects;

    IndexPage(ContractFiles files, PublicAddress address, List<ServiceDescription> services, List<String> dialects) {
        this.files = files;
        this.address = address;
        this.services = List.copyOf(services);
        this.dialects = List.copyOf(dialects);
    }

    byte[] bytes() {
        List<Html> main = new ArrayList<>();
        main.add(tag("h1", "CRM Gateway contract"));
        main.add(
                tag(
                        "div.lead",
                        tag(
                                "p",
                                "The customers and orders of the CRM as SOAP services, document/literal wrapped, in SOAP 1.1 and 1.2."
                                        + " Read a service's page, take the WSDL that suits your toolkit, and send the examples.")));
        main.add(
                tag("div.cards", Html.all(services.stream().map(IndexPage::card).toList())));
        main.add(tag("h2", "Addresses").with("id", "addresses"));
        main.add(tag("p", "A dialect is a way to secure messages; you are registered for one or more of them."));
        main.add(addresses());
        main.add(tag("h2", "WSDL").with("id", "wsdl"));
        main.add(WsdlDownloads.advice());
        services.forEach(service -> main.add(WsdlDownloads.of(service, dialects)));
        main.add(tag("h2", "Schemas").with("id", "schemas"));
        main.add(links("xsd/", ContractFiles.SCHEMAS));
        main.add(tag("h2", "Examples").with("id", "examples"));
        main.add(tag(
                "p",
                "The content of the SOAP body of a request and of its answer, for every operation, and a request that fails with its"
                        + " fault. Played in this order against an empty gateway they tell one story."));
        main.add(links(
                "examples/",
                files.steps().stream()
                        .flatMap(step -> ContractFiles.examples(step).stream())
                        .toList()));
        return new PageFrame(files, "Contract").bytes(navigation(), Html.all(main));
    }

    private Html navigation() {
        List<Html> pages = services.stream()
                .map(service -> tag("li", link(service.area() + ".html", text(service.name()))))
                .toList();
        List<Html> sections = Stream.of("Addresses", "WSDL", "Schemas", "Examples")
                .map(name -> tag("li", link("#" + name.toLowerCase(Locale.ROOT), text(name))))
                .toList();
        return tag(
                "nav",
                tag("p.home", text("CRM Gateway contract")),
                tag("p.title", "Services"),
                tag("ul", Html.all(pages)),
                tag("p.title", "Files"),
                tag("ul", Html.all(sections)));
    }

    private static Html card(ServiceDescription service) {
        String purpose = service.documentation().sentences().lines().findFirst().orElse("");
        return link(
                        service.area() + ".html",
                        Html.all(List.of(
                                tag("strong", service.name()),
                                tag("span", purpose),
                                tag("small", service.operations().size() + " operations"))))
                .with("class", "card");
    }

    private Html addresses() {
        List<Html> rows = new ArrayList<>();
        for (ServiceDescription service : services) {
            for (String dialect : dialects) {
                for (SoapVersion version : SoapVersion.values()) {
                    rows.add(tag(
                            "tr",
                            tag("td", service.name()),
                            tag("td", dialect),
                            tag("td", version.label()),
                            tag("td", tag("code", address.of(service.area(), dialect, version)))));
                }
            }
        }
        return TypeTables.table("addresses", List.of("Service", "Dialect", "Version", "Address"), rows);
    }

    private static Html links(String folder, List<String> names) {
        return tag(
                "ul.files",
                Html.all(names.stream()
                        .map(name -> tag("li", link(folder + name, text(name))))
                        .toList()));
    }
}
