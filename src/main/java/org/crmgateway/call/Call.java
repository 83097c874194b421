package org.crmgateway.call;

import java.util.List;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.jspecify.annotations.Nullable;

/**
 * A message that may be served: its partner is known; the right is judged next. There is no call before the gate.
 *
 * @param id in the answer, the fault, the log and the audit
 * @param dialect how it was secured
 * @param notices what its answer says beside the matter
 * @param allowance what its partner has left, if it has a limit
 */
public record Call(
        CallId id,
        Partner partner,
        Dialect dialect,
        Operation operation,
        Message message,
        Request request,
        List<Notice> notices,
        @Nullable Allowance allowance) {
    public Call {
        notices = List.copyOf(notices);
    }

    /** A call of which nothing is to be said. */
    public Call(CallId id, Partner partner, Dialect dialect, Operation operation, Message message, Request request) {
        this(id, partner, dialect, operation, message, request, List.of(), null);
    }

    /** This call with what its body asks for. */
    public Call with(Request read) {
        return new Call(id, partner, dialect, operation, message, read, notices, allowance);
    }

    /** This call, counted. */
    public Call with(@Nullable Allowance left) {
        return new Call(id, partner, dialect, operation, message, request, notices, left);
    }

    /** This call, known to have come in bytes seen before. */
    public Call again() {
        Message seen = new Message(message.messageId(), message.signature(), true);
        return new Call(id, partner, dialect, operation, seen, request, notices, allowance);
    }

    public String tenant() {
        return partner.tenant();
    }
}
