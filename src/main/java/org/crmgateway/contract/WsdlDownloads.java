package org.crmgateway.contract;

import static org.crmgateway.contract.Html.link;
import static org.crmgateway.contract.Html.tag;
import static org.crmgateway.contract.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.crmgateway.contract.Rendition.Ports;
import org.crmgateway.contract.Rendition.Security;

/** The part of the first page that offers the WSDLs: which to take, and a table a service. */
final class WsdlDownloads {
    private WsdlDownloads() {}

    static Html advice() {
        return tag(
                "ul.rules",
                advice(
                        "Policy-free",
                        "for toolkits that do not read WS-Policy (.NET, PHP, Python zeep, Node.js), or where you set security up"
                                + " yourself. The endpoint demands the same."),
                advice(
                        "Secured",
                        "carries the WS-Policy. compatible is for Metro, WCF and gSOAP; modern is read by Apache CXF only, because"
                                + " AES-GCM has no standard policy name."),
                advice(
                        "Secured, encrypted faults",
                        "for Rampart, once the operator has switched encrypted faults on for you."),
                advice(
                        "SOAP 1.1, SOAP 1.2 or both",
                        "take the version you mean to use. From a WSDL with both, Node.js soap and PHP may send one version to the"
                                + " other's address; CXF, Metro and .NET choose a port by its name."),
                advice("Flat", "the same in one file, without imports."),
                advice(
                        "Apache CXF",
                        "signs with SHA-1 under compatible unless ws-security.asymmetric.signature.algorithm is RSA-SHA256; under"
                                + " modern it takes the algorithms from ws-security.custom.alg.suite.*."));
    }

    private static Html advice(String what, String text) {
        return tag("li", tag("strong", what), text(": " + text));
    }

    static Html of(ServiceDescription service, List<String> dialects) {
        List<Html> rows = new ArrayList<>();
        for (String dialect : dialects) {
            for (Security security : Security.values()) {
                for (Ports ports : Ports.values()) {
                    List<Html> cells = Rendition.of(service.area(), dialect)
                            .filter(rendition -> rendition.security() == security && rendition.ports() == ports)
                            .map(rendition ->
                                    tag("td", link("wsdl/" + rendition.fileName(), text(rendition.fileName()))))
                            .toList();
                    if (!cells.isEmpty()) {
                        rows.add(tag(
                                "tr",
                                tag("td", dialect),
                                tag("td", security.label()),
                                tag("td", ports.label()),
                                Html.all(cells)));
                    }
                }
            }
        }
        List<String> head = List.of("Dialect", "Policy", "SOAP", "With imports", "Flat");
        return Html.all(List.of(tag("h3", service.name()), TypeTables.table("downloads", head, rows)));
    }
}
