package org.crmgateway.security.explain;

/** One thing that was seen, as a line for people. */
public record Fact(String name, String text) {}
