package org.crmgateway.security.explain;

/**
 * Something that is wrong with a message.
 *
 * @param subject of the cause's words; empty when they need none
 * @param evidence what shows it; empty when the reason code says it
 */
public record Finding(Cause cause, String subject, String evidence) {
    static Finding of(Cause cause) {
        return new Finding(cause, "", "");
    }

    static Finding of(Cause cause, String subject) {
        return new Finding(cause, subject, "");
    }

    /** In words, without a full stop. */
    public String words() {
        return cause.words(subject);
    }
}
