package org.crmgateway.security;

import java.nio.charset.StandardCharsets;

/** Messages as text, for what is looked at before any security. */
final class Messages {
    static final String SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP12 = "http://www.w3.org/2003/05/soap-envelope";
    static final String OPEN = "<s:Envelope xmlns:s='" + SOAP11 + "'>";
    static final String CLOSE = "</s:Envelope>";

    private static final String NAMESPACES = " xmlns:wsse='" + SecurityShape.WSSE + "' xmlns:wsu='" + SecurityShape.WSU
            + "' xmlns:ds='" + SecurityShape.DS + "' xmlns:xenc='" + SecurityShape.XENC + "'";

    private Messages() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An envelope whose body holds {@code payload}. */
    static String body(String payload) {
        return OPEN + "<s:Body>" + payload + "</s:Body>" + CLOSE;
    }

    static String value(String text) {
        return body("<a>" + text + "</a>");
    }

    static String header(String blocks) {
        return OPEN + "<s:Header>" + blocks + "</s:Header><s:Body><a/></s:Body>" + CLOSE;
    }

    /** A security header holding {@code children}, with the usual prefixes bound. */
    static String security(String children) {
        return header("<wsse:Security" + NAMESPACES + ">" + children + "</wsse:Security>");
    }

    static String nested(int depth, String element) {
        return ("<" + element + ">").repeat(depth) + ("</" + element + ">").repeat(depth);
    }

    /** Numbered copies; {@code #} becomes the number. */
    static String numbered(int count, String template) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(template.replace("#", Integer.toString(i)));
        }
        return text.toString();
    }

    /** Different names that share one {@code String.hashCode}: "Aa" and "BB" hash alike. */
    static String colliding(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append('<');
            for (int bit = 0; bit < 16; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("/>");
        }
        return text.toString();
    }
}
