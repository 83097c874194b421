package org.crmgateway.call;

import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;

/**
 * A message that may be served: its partner is known; the right is judged next. There is no call before the gate.
 *
 * @param id in the answer, the fault, the log and the audit
 * @param dialect how it was secured
 */
public record Call(CallId id, Partner partner, Dialect dialect, Operation operation, Message message, Request request) {

    /** This call with what its body asks for. */
    public Call with(Request read) {
        return new Call(id, partner, dialect, operation, message, read);
    }

    /** This call, known to have come in bytes seen before. */
    public Call again() {
        Message seen = new Message(message.messageId(), message.signature(), true);
        return new Call(id, partner, dialect, operation, seen, request);
    }

    public String tenant() {
        return partner.tenant();
    }
}
