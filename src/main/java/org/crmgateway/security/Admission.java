package org.crmgateway.security;

import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.SoapActionInInterceptor;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.service.model.BindingOperationInfo;
import org.apache.cxf.staxutils.W3CDOMStreamReader;
import org.crmgateway.call.Call;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Message;
import org.crmgateway.call.Request;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.jspecify.annotations.Nullable;

/** What both gates do once they know the partner: find the operation, make the {@link Call}, judge what it may. */
final class Admission {
    private final EndpointAddress endpoint;
    private final Notices notices;

    Admission(EndpointAddress endpoint, Notices notices) {
        this.endpoint = endpoint;
        this.notices = notices;
    }

    /**
     * Puts the call on the exchange; from here on a failure is answered to this partner.
     *
     * @param coverage what was signed and encrypted, in a dialect with signatures
     * @throws Refusal when the payload is no operation of this endpoint
     */
    Call admit(SoapMessage soap, SoapTree tree, Partner partner, Message message, @Nullable Coverage coverage) {
        Exchange exchange = soap.getExchange();
        QName name = new QName(tree.payload().getNamespaceURI(), tree.payload().getLocalName());
        BindingOperationInfo binding =
                exchange.getEndpoint().getEndpointInfo().getBinding().getOperation(name);
        Optional<Operation> operation = Operation.named(name.getLocalPart());
        if (binding == null || operation.isEmpty()) {
            throw Refusal.malformed("soap.operation");
        }
        Call call = new Call(
                exchange.get(CallId.class),
                partner,
                endpoint.dialect(),
                operation.get(),
                message,
                Request.UNREAD,
                notices.of(endpoint.dialect(), partner, coverage),
                null);
        exchange.put(BindingOperationInfo.class, binding);
        exchange.put(Call.class, call);
        return call;
    }

    /**
     * Checks what the message asks for beside its payload.
     *
     * @throws Failure OPERATION_DENIED, ACTION_MISMATCH, or RULE_VIOLATION when the answer is wanted elsewhere
     */
    void require(SoapMessage soap, Call call, Addressing addressing) {
        if (!call.partner().mayCall(call.operation())) {
            throw Failure.of(Code.OPERATION_DENIED);
        }
        String action = endpoint.namespace() + ":" + call.operation().wireName();
        String sent = SoapActionInInterceptor.getSoapAction(soap);
        boolean contradicts = sent != null && !sent.isEmpty() && !sent.equals(action);
        if (contradicts
                || addressing.action().filter(named -> !named.equals(action)).isPresent()) {
            throw Failure.of(Code.ACTION_MISMATCH);
        }
        if (addressing.answerElsewhere()) {
            throw Failure.rule("ReplyTo", "ANONYMOUS_ONLY");
        }
    }

    /** Lets the databinding read exactly the element that was checked, and nothing else of the message. */
    static void handOver(SoapMessage soap, SoapTree tree) {
        try {
            XMLStreamReader reader = new W3CDOMStreamReader(tree.payload());
            reader.nextTag();
            soap.setContent(XMLStreamReader.class, reader);
        } catch (XMLStreamException e) {
            throw Failure.internal(e);
        }
    }
}
