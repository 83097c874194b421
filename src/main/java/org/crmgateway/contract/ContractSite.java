package org.crmgateway.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All that is published of the contract below {@code /contract/}. Made when first asked for, then kept. Thread-safe. */
public final class ContractSite {
    private static final String ROOT = "/contract/";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String XML = "text/xml; charset=utf-8";

    private final ContractFiles files = new ContractFiles();
    private final PublicAddress address;
    private final Map<String, Supplier<Page>> sources = new HashMap<>();
    private final Map<String, Page> made = new ConcurrentHashMap<>();

    /**
     * @param publicUrl the address callers use, e.g. {@code https://crm.example.com}; it may have a path
     * @param tls whether the dialects that need it are served
     */
    public ContractSite(URI publicUrl, boolean tls) {
        this.address = PublicAddress.of(publicUrl);
        List<String> dialects = ContractFiles.DIALECTS.stream()
                .filter(dialect -> tls || !ContractFiles.TLS_DIALECTS.contains(dialect))
                .toList();
        source("", HTML, () -> new IndexPage(files, address, services(), dialects).bytes());
        for (String area : ContractFiles.AREAS) {
            source(area + ".html", HTML, () -> new ServicePage(files, ServiceDescription.of(files, area)).bytes());
        }
        for (String schema : ContractFiles.SCHEMAS) {
            source("xsd/" + schema, XML, () -> files.bytes("xsd/" + schema));
        }
        for (String step : files.steps()) {
            for (String example : ContractFiles.examples(step)) {
                source("examples/" + example, XML, () -> files.bytes("wsdl/examples/" + example));
            }
        }
        for (Rendition rendition : Rendition.all()) {
            if (!dialects.contains(rendition.dialect())) {
                continue;
            }
            source(
                    "wsdl/" + rendition.fileName(),
                    XML,
                    () -> rendition.wsdl(files, address).bytes());
        }
        byte[] toTheIndex = "<!DOCTYPE html><meta http-equiv=\"refresh\" content=\"0; url=contract/\">"
                .getBytes(StandardCharsets.UTF_8);
        sources.put("/contract", () -> new Page(HTML, toTheIndex));
    }

    /**
     * What lies at a path.
     *
     * @param path from the root of the server, without query, e.g. {@code /contract/order.html}
     */
    public Optional<Page> page(String path) {
        Supplier<Page> source = sources.get(path);
        return source == null ? Optional.empty() : Optional.of(made.computeIfAbsent(path, missing -> source.get()));
    }

    /**
     * What {@code ?wsdl} of an endpoint answers: the endpoint's own binding and port alone, with its policy, schemas imported
     * by absolute addresses.
     *
     * @param area {@code customer} or {@code order}
     * @param dialect its label, e.g. {@code modern}
     * @throws IllegalArgumentException when there is no such endpoint
     */
    public byte[] wsdl(String area, String dialect, boolean soap12) {
        return page(ROOT + "wsdl/" + Rendition.ofEndpoint(area, dialect, soap12).fileName())
                .orElseThrow(() -> new IllegalArgumentException("no endpoint of " + area + " for " + dialect))
                .body();
    }

    private List<ServiceDescription> services() {
        return ContractFiles.AREAS.stream()
                .map(area -> ServiceDescription.of(files, area))
                .toList();
    }

    private void source(String name, String contentType, Supplier<byte[]> body) {
        sources.put(ROOT + name, () -> new Page(contentType, body.get()));
    }
}
