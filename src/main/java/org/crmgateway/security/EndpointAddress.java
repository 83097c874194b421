package org.crmgateway.security;

import java.util.Set;
import org.crmgateway.partner.Dialect;

/**
 * One endpoint as a message sees it.
 *
 * @param namespace of the service's operations, e.g. {@code urn:crmgateway:order:v1}
 * @param uris the addresses it is known by; {@code wsa:To} must name one of them
 */
public record EndpointAddress(String namespace, Dialect dialect, Set<String> uris) {
    public EndpointAddress {
        uris = Set.copyOf(uris);
    }
}
