package org.crmgateway.security.explain;

/**
 * What a digest was computed over. May hold personal data.
 *
 * @param name of the part, e.g. {@code Body}
 */
public record CanonicalBytes(String name, byte[] bytes) {}
