package org.crmgateway.partner;

import java.util.Locale;

/** How a partner's messages are secured; each dialect has an endpoint address of its own. */
public enum Dialect {
    /** X.509: RSA-SHA256 signature, RSA-OAEP and AES-256-GCM encryption, timestamp. */
    MODERN,
    /** As {@link #MODERN} with AES-256-CBC ({@code Basic256Sha256}), for Metro, Rampart, WCF and gSOAP. */
    COMPATIBLE,
    /** No security at all; for trying out on the gateway's own machine. */
    SANDBOX;

    /** The dialect's name in addresses and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean secured() {
        return this != SANDBOX;
    }
}
