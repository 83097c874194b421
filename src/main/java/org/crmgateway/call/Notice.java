package org.crmgateway.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something the caller should act on before it becomes an error; it goes with the answer, whatever the answer is.
 *
 * @param code from the contract's list, e.g. {@code SANDBOX}
 * @param text for people, in English
 * @param until when it becomes an error, if it does
 */
public record Notice(String code, String text, @Nullable Instant until) {}
