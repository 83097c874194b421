package org.crmgateway.soap;

import java.util.Map;

/** The prefixes of answers. They stay: some toolkits read by prefix, and break on a default namespace after decryption. */
final class Namespaces {
    static final Map<String, String> PREFIXES = Map.of(
            "urn:crmgateway:common:v1", "common",
            "urn:crmgateway:header:v1", "header",
            "urn:crmgateway:fault:v1", "fault",
            "urn:crmgateway:customer:v1", "customer",
            "urn:crmgateway:order:v1", "order");

    private Namespaces() {}
}
