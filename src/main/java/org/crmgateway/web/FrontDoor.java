package org.crmgateway.web;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.crmgateway.contract.ContractSite;
import org.crmgateway.contract.Page;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What comes in at all: a POST of XML to an endpoint, which goes on to the services, and a GET of something published. Decides
 * by the head of a request alone, before its body is read. Paths count as they are written: one that is encoded or
 * decorated is no path of ours.
 */
final class FrontDoor extends Handler.Wrapper {
    private static final String SOAP12 = "-soap12";
    private static final String XML = "text/xml; charset=utf-8";

    private final ContractSite site;
    private final Set<String> endpoints;
    private final Refusals refusals;

    /** @param endpoints paths of the services, e.g. {@code /services/order/v1/modern-soap12} */
    FrontDoor(ContractSite site, Set<String> endpoints, Refusals refusals, Handler services) {
        super(services);
        this.site = site;
        this.endpoints = Set.copyOf(endpoints);
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = String.valueOf(request.getHttpURI().getPath());
        if (endpoints.contains(path)) {
            return endpoint(path, request, response, callback);
        }
        Optional<Page> page = site.page(path);
        if (page.isEmpty()) {
            refusals.note("http.path", request, response);
            return Answer.status(404, response, callback);
        }
        if (!reads(request)) {
            refusals.note("http.method", request, response);
            return Answer.allowing("GET, HEAD", response, callback);
        }
        return Answer.bytes(200, page.get().contentType(), page.get().body(), response, callback);
    }

    private boolean endpoint(String path, Request request, Response response, Callback callback) throws Exception {
        String query = request.getHttpURI().getQuery();
        if (asksForFiles(query)) {
            if (reads(request) && query.equalsIgnoreCase("wsdl")) {
                return Answer.bytes(200, XML, wsdl(path), response, callback);
            }
            refusals.note("http.query", request, response);
            return Answer.status(404, response, callback);
        }
        if (!request.getMethod().equals("POST")) {
            refusals.note("http.method", request, response);
            return Answer.allowing("POST", response, callback);
        }
        if (!SoapContentType.fits(request.getHeaders().getValuesList(HttpHeader.CONTENT_TYPE), path.endsWith(SOAP12))) {
            refusals.note("http.ctype", request, response);
            return Answer.status(415, response, callback);
        }
        if (encoded(request)) {
            refusals.note("http.encoding", request, response);
            return Answer.status(415, response, callback);
        }
        return super.handle(request, response, callback);
    }

    private static boolean reads(Request request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean asksForFiles(@Nullable String query) {
        String start = query == null ? "" : query.toLowerCase(Locale.ROOT);
        return start.startsWith("wsdl") || start.startsWith("xsd");
    }

    /** The path says which: {@code /services/<area>/v1/<dialect>[-soap12]}. */
    private byte[] wsdl(String path) {
        String[] steps = path.split("/");
        boolean soap12 = path.endsWith(SOAP12);
        String dialect = soap12 ? steps[4].substring(0, steps[4].length() - SOAP12.length()) : steps[4];
        return site.wsdl(steps[2], dialect, soap12);
    }

    private static boolean encoded(Request request) {
        return request.getHeaders().getValuesList(HttpHeader.CONTENT_ENCODING).stream()
                .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
    }
}
