package org.crmgateway.security;

/** Who may reach the dialect without security. */
public enum Sandbox {
    OFF,
    /** Callers on this machine only. */
    LOOPBACK,
    /** Anyone who reaches the port: dangerous, for closed test networks only. */
    EVERYWHERE
}
