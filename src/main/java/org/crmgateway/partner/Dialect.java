package org.crmgateway.partner;

import java.util.Locale;

/** How a partner's messages are secured; each dialect has an endpoint address of its own. */
public enum Dialect {
    /** X.509: RSA-SHA256 signature, RSA-OAEP and AES-256-GCM encryption, timestamp. */
    MODERN,
    /** As {@link #MODERN} with AES-256-CBC ({@code Basic256Sha256}), for Metro, Rampart, WCF and gSOAP. */
    COMPATIBLE,
    /** A user name, a password and a timestamp inside TLS, for clients that cannot sign. */
    USERNAME_TLS,
    /** X.509 with SHA-1, RSA-1.5 and CBC, for one partner until a day, from its own networks (CICS, WSE). */
    LEGACY_2005,
    /** No security at all; for trying out on the gateway's own machine. */
    SANDBOX;

    /** The dialect's name in addresses and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a message must prove who sent it. */
    public boolean secured() {
        return this != SANDBOX;
    }

    /** Whether messages are signed with a certificate and encrypted. */
    public boolean signed() {
        return switch (this) {
            case MODERN, COMPATIBLE, LEGACY_2005 -> true;
            case USERNAME_TLS, SANDBOX -> false;
        };
    }

    /** Whether it is served on connections with TLS only. */
    public boolean needsTls() {
        return this == USERNAME_TLS;
    }
}
