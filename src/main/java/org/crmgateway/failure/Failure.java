package org.crmgateway.failure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the gateway: a code for the caller, and a message for the operator that never leaves the process.
 * It carries no input value.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** What the contract's fault can carry. */
    public static final int MAX_VIOLATIONS = 50;

    private final Code code;
    private final transient Detail detail;

    /**
     * What a fault says beside its code.
     *
     * @param recordId the record in the way, when the caller may know it
     * @param currentVersion that record's version
     * @param violations at most {@link #MAX_VIOLATIONS}
     * @param retryAfter when to try again
     */
    public record Detail(
            @Nullable String recordId,
            @Nullable Integer currentVersion,
            List<Violation> violations,
            @Nullable Duration retryAfter) {
        static final Detail NONE = new Detail(null, null, List.of(), null);

        public Detail {
            violations = List.copyOf(violations.subList(0, Math.min(violations.size(), MAX_VIOLATIONS)));
        }
    }

    private Failure(Code code, Detail detail, @Nullable Throwable cause) {
        super(code.name(), cause);
        this.code = code;
        this.detail = detail;
    }

    public static Failure of(Code code) {
        return new Failure(code, Detail.NONE, null);
    }

    /** An internal error with its cause, which only the log sees. */
    public static Failure internal(Throwable cause) {
        return new Failure(Code.INTERNAL_ERROR, Detail.NONE, cause);
    }

    /** Nothing happened, and the same call may succeed after {@code retryAfter}. */
    public static Failure busy(Code code, Duration retryAfter, @Nullable Throwable cause) {
        return new Failure(code, new Detail(null, null, List.of(), retryAfter), cause);
    }

    /** The record {@code recordId} stands in the way. */
    public static Failure about(Code code, String recordId, int currentVersion) {
        return new Failure(code, new Detail(recordId, currentVersion, List.of(), null), null);
    }

    public static Failure rule(String path, String rule) {
        return rules(List.of(new Violation(path, rule)));
    }

    public static Failure rules(List<Violation> violations) {
        return new Failure(Code.RULE_VIOLATION, new Detail(null, null, violations, null), null);
    }

    public static Failure schema(List<Violation> violations) {
        return new Failure(Code.SCHEMA_VIOLATION, new Detail(null, null, violations, null), null);
    }

    public Code code() {
        return code;
    }

    public Detail detail() {
        return detail;
    }
}
