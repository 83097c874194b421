package org.crmgateway.failure;

import org.jspecify.annotations.Nullable;

/** Something only the operator can mend; the message says what is wrong and what to do, and is all that is printed. */
public final class OperatorError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OperatorError(String message) {
        this(message, null);
    }

    public OperatorError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
