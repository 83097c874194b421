package org.crmgateway.attack;

import java.nio.charset.StandardCharsets;
import org.crmgateway.wire.SoapEnvelope;

/** Bodies and envelopes of messages, as text to be spoiled. */
final class Payload {
    static final String SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP12 = "http://www.w3.org/2003/05/soap-envelope";
    static final String HARMLESS = "<o:getOrder xmlns:o='urn:crmgateway:order:v1'/>";

    /** The external id of a customer of every partner. */
    static final String CUSTOMER = "ATTACKED";

    private static final String NAMESPACES = " xmlns:o='urn:crmgateway:order:v1' xmlns:m='urn:crmgateway:customer:v1'"
            + " xmlns:c='urn:crmgateway:common:v1' xmlns:h='urn:crmgateway:header:v1'";

    private Payload() {}

    /** The order every attack would have liked to place. */
    static String order() {
        return order("<o:quantity>1</o:quantity>");
    }

    /** @param quantity the elements from the line's quantity up to its price */
    static String order(String quantity) {
        return createOrder(
                "<o:externalId>A-{n}</o:externalId>",
                "<o:line><o:lineNumber>1</o:lineNumber><o:item>4711</o:item>"
                        + "<o:description>{canary}</o:description>" + quantity
                        + "<o:unitPrice>1.00</o:unitPrice></o:line>");
    }

    static String createCustomer() {
        return operation(
                "m:createCustomer",
                "<m:customer><m:externalId>" + CUSTOMER + "</m:externalId><m:name>"
                        + "Attacked Ltd</m:name><m:kind>ORGANIZATION</m:kind></m:customer>");
    }

    static String createOrder(String externalId, String lines) {
        return operation(
                "o:createOrder",
                "<o:order>" + externalId + "<o:customer><c:externalId>" + CUSTOMER
                        + "</c:externalId></o:customer><o:orderDate>2026-03-02</o:orderDate><o:currency>EUR</o:currency><o:lines>"
                        + lines + "</o:lines></o:order>");
    }

    static String operation(String name, String content) {
        return "<" + name + NAMESPACES + ">" + content + "</" + name + ">";
    }

    static String envelope(String body) {
        return envelope(SoapEnvelope.SOAP_11, "", body);
    }

    static String envelope(SoapEnvelope version, String header, String body) {
        return "<s:Envelope xmlns:s='" + (version == SoapEnvelope.SOAP_11 ? SOAP11 : SOAP12) + "'>"
                + (header.isEmpty() ? "" : "<s:Header>" + header + "</s:Header>") + "<s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    static boolean parses(String content) {
        try {
            SoapEnvelope.parse("<a>" + content + "</a>");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
