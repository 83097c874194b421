package org.crmgateway.web;

/** Whether a TLS connection must say who opens it. */
public enum ClientCertificates {
    /** Nobody is asked. */
    NONE,
    /** Everyone is asked; one that is sent must be registered. */
    OPTIONAL,
    /** Without a registered one there is no connection. */
    REQUIRED
}
