package org.crmgateway.security;

import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A message that will not be served. The sender learns the kind only, in an answer that is the same for every reason,
 * so that no answer helps to find the next attempt; the reason is for the log.
 *
 * <p>Carries no stack trace: refusing must cost less than asking.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** The fault code of every security refusal (WSS SOAP Message Security 1.1.1, section 12). */
    public static final QName INVALID_SECURITY = new QName(SecurityShape.WSSE, "InvalidSecurity", "wsse");

    private final Kind kind;

    /** Which of the constant answers the sender gets. */
    public enum Kind {
        /** Not an acceptable SOAP envelope: {@code Client}, or {@code Sender} in SOAP 1.2, with a fixed text. */
        MALFORMED,
        /** An envelope of another SOAP version than the endpoint's: {@code VersionMismatch}. */
        VERSION,
        /** Not acceptably secured: {@code wsse:InvalidSecurity}, whatever was wrong. */
        SECURITY
    }

    private Refusal(Kind kind, String reason, @Nullable Throwable cause) {
        super(reason, cause, false, false);
        this.kind = kind;
    }

    /** Refused before any security was looked at. */
    public static Refusal malformed(String reason) {
        return new Refusal(Kind.MALFORMED, reason, null);
    }

    public static Refusal version(String reason) {
        return new Refusal(Kind.VERSION, reason, null);
    }

    /** Refused for how the message is secured, or is not. */
    public static Refusal security(String reason) {
        return new Refusal(Kind.SECURITY, reason, null);
    }

    /**
     * Refused because something failed that nobody expected, here perhaps.
     *
     * @param cause for the log
     */
    public static Refusal unexpected(String reason, Throwable cause) {
        return new Refusal(Kind.SECURITY, reason, cause);
    }

    /** Whether it is a failure of the gateway, not of the message. */
    public boolean ours() {
        return reason().equals("sec.error");
    }

    public Kind kind() {
        return kind;
    }

    /** A dotted code such as {@code xml.dtd} or {@code sec.many}; never contains input. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
