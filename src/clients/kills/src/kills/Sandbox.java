package kills;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The few calls needed, as plain SOAP 1.1 over HTTP on the sandbox. */
record Sandbox(HttpClient http, URI gateway) {
    /** The gateway answered with a fault: nothing was done. */
    static final class Refused extends Exception {
        Refused(String code) {
            super(code);
        }
    }

    /** An order as found, or created. */
    record Order(String id, String externalId) {}

    /** One page, and where the next begins; empty at the end. */
    private record Page(List<Order> orders, String next) {}

    void createCustomer(String externalId) throws IOException, InterruptedException, Refused {
        call("customer", "createCustomer", """
            <c:customer><c:externalId>%s</c:externalId><c:name>Kill test</c:name><c:kind>ORGANIZATION</c:kind></c:customer>\
            """.formatted(externalId));
    }

    /** @return its id, the same however often it is called */
    String createOrder(String customer, String externalId) throws IOException, InterruptedException, Refused {
        Document answer = call("order", "createOrder", """
            <c:order><c:externalId>%s</c:externalId><c:customer><m:externalId>%s</m:externalId></c:customer>\
            <c:orderDate>2026-03-02</c:orderDate><c:currency>EUR</c:currency>\
            <c:lines><c:line><c:lineNumber>10</c:lineNumber><c:item>100-4711-B</c:item><c:quantity>5</c:quantity>\
            <c:unit>C62</c:unit><c:unitPrice>18.90</c:unitPrice></c:line></c:lines></c:order>\
            """.formatted(externalId, customer));
        return text(answer.getDocumentElement(), "id");
    }

    /** All orders of a customer, page by page. */
    List<Order> orders(String customer) throws IOException, InterruptedException, Refused {
        String filter = "<c:filter><c:customer><m:externalId>" + customer + "</m:externalId></c:customer></c:filter>"
                + "<c:pageSize>200</c:pageSize>";
        List<Order> orders = new ArrayList<>();
        String cursor = "";
        do {
            Page page = page(call("order", "searchOrders", filter + cursor));
            orders.addAll(page.orders);
            cursor = page.next.isEmpty() ? "" : "<c:cursor>" + page.next + "</c:cursor>";
        } while (!cursor.isEmpty());
        return orders;
    }

    /** The order of every change since the beginning. */
    List<Order> changes() throws IOException, InterruptedException, Refused {
        List<Order> changed = new ArrayList<>();
        String cursor = "BEGINNING";
        boolean more = true;
        while (more) {
            Document answer =
                    call("order", "getOrderChanges", "<c:cursor>" + cursor + "</c:cursor><c:pageSize>200</c:pageSize>");
            Page page = page(answer);
            changed.addAll(page.orders);
            cursor = page.next;
            more = text(answer.getDocumentElement(), "more").equals("true");
        }
        return changed;
    }

    private Document call(String area, String operation, String content)
            throws IOException, InterruptedException, Refused {
        String body = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>\
            <c:%s xmlns:c="urn:crmgateway:%s:v1" xmlns:m="urn:crmgateway:common:v1">%s</c:%1$s></s:Body></s:Envelope>\
            """.formatted(operation, area, content);
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/services/" + area + "/v1/sandbox"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"urn:crmgateway:" + area + ":v1:" + operation + "\"")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        Document answer = parse(response.body());
        if (response.statusCode() != 200) {
            throw new Refused(
                    operation + ": " + response.statusCode() + " " + text(answer.getDocumentElement(), "code"));
        }
        return answer;
    }

    private static Page page(Document answer) {
        NodeList found = answer.getElementsByTagNameNS("*", "order");
        List<Order> orders = IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .map(order -> new Order(text(order, "id"), text(order, "externalId")))
                .toList();
        return new Page(orders, text(answer.getDocumentElement(), "nextCursor"));
    }

    private static Document parse(String xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not XML: " + xml, e);
        }
    }

    /** The first element of that name, in document order; empty when there is none. */
    private static String text(Element within, String name) {
        NodeList found = within.getElementsByTagNameNS("*", name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
