package org.crmgateway.telemetry;

/**
 * How long a certificate has left.
 *
 * @param owner {@code gateway} or {@code partner}
 * @param name the partner's, or what the gateway's key is for
 * @param certificate the first digits of its fingerprint
 * @param days whole days, negative when it has ended
 */
public record DaysLeft(String owner, String name, String certificate, long days) {}
