package org.crmgateway.attack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * An answer in the vocabulary of {@link Expected}.
 *
 * @param answer what it is; beginning with {@code ?} when it is none of those
 * @param clear its text, decrypted, in which nothing of the message may stand
 */
record Seen(String answer, String clear) {
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

    /** Every header field any answer may have. */
    private static final Set<String> FIELDS = Set.of(
            "content-type",
            "content-length",
            "transfer-encoding",
            "connection",
            "date",
            "x-call-id",
            "allow",
            "retry-after",
            "x-content-type-options",
            "referrer-policy",
            "content-security-policy");

    private static final String DENIED = "The message is not acceptably secured.";
    private static final String MALFORMED = "The message is not an acceptable SOAP envelope.";
    private static final String VERSION = "The message has another SOAP version than this address.";
    private static final String BUSY = "The gateway is busy; nothing was done.";

    /** The constant answers, to the byte. */
    private static final Map<String, String> CONSTANTS = Map.of(
            constant11("<faultcode xmlns:wsse=\"" + WSSE + "\">wsse:InvalidSecurity</faultcode>", DENIED), "SEC",
            constant11("<faultcode>soap:Client</faultcode>", MALFORMED), "MALFORMED",
            constant11("<faultcode>soap:VersionMismatch</faultcode>", VERSION), "VERSION",
            constant11("<faultcode>soap:Server</faultcode>", BUSY), "BUSY",
            constant12(
                            "<soap:Value>soap:Sender</soap:Value><soap:Subcode><soap:Value xmlns:wsse=\"" + WSSE
                                    + "\">wsse:InvalidSecurity</soap:Value></soap:Subcode>",
                            DENIED),
                    "SEC",
            constant12("<soap:Value>soap:Sender</soap:Value>", MALFORMED), "MALFORMED",
            constant12("<soap:Value>soap:VersionMismatch</soap:Value>", VERSION), "VERSION",
            constant12("<soap:Value>soap:Receiver</soap:Value>", BUSY), "BUSY");

    private static String constant11(String code, String text) {
        return "<soap:Envelope xmlns:soap=\"" + Payload.SOAP11 + "\"><soap:Body><soap:Fault>" + code + "<faultstring>"
                + text + "</faultstring></soap:Fault></soap:Body></soap:Envelope>";
    }

    private static String constant12(String code, String text) {
        return "<soap:Envelope xmlns:soap=\"" + Payload.SOAP12 + "\"><soap:Body><soap:Fault><soap:Code>" + code
                + "</soap:Code><soap:Reason><soap:Text xml:lang=\"en\">" + text
                + "</soap:Text></soap:Reason></soap:Fault></soap:Body></soap:Envelope>";
    }

    static Seen of(Reply reply, Shot shot) {
        if (reply.status() <= 0) {
            return new Seen(reply.status() == 0 ? "cut" : "? neither answer nor end", "");
        }
        String head = String.join("\n", reply.fields());
        List<String> strange = reply.fieldNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .toList();
        if (!strange.isEmpty()) {
            return new Seen("? header fields " + strange, head + reply.text());
        }
        if (reply.body().length == 0) {
            return new Seen("http " + reply.status(), head);
        }
        if (reply.field("content-type")
                .filter(type -> type.startsWith("text/xml; ") || type.startsWith("text/html"))
                .isPresent()) {
            // A page or a file of the contract.
            return new Seen(reply.status() == 200 ? "page" : "? " + reply.status(), reply.text());
        }
        return soap(reply, shot, head);
    }

    private static Seen soap(Reply reply, Shot shot, String head) {
        String text = reply.text();
        boolean typed = reply.field("content-type")
                .filter(type -> type.equalsIgnoreCase(
                        shot.version() == SoapEnvelope.SOAP_11
                                ? "text/xml;charset=utf-8"
                                : "application/soap+xml; charset=UTF-8"))
                .isPresent();
        if (!typed || reply.callId().isEmpty() || reply.status() != 200 && reply.status() != 500) {
            return new Seen("? " + reply.status() + " " + head + text, head + text);
        }
        String constant = CONSTANTS.get(text);
        if (constant != null
                && reply.status() == 500
                && text.contains(shot.version() == SoapEnvelope.SOAP_11 ? Payload.SOAP11 : Payload.SOAP12)) {
            return new Seen(constant, head + text);
        }
        Document envelope;
        try {
            envelope = open(reply, shot);
        } catch (IllegalStateException e) {
            return new Seen("? " + e.getCause() + " " + text, head + text);
        }
        String clear = head + SoapEnvelope.text(envelope);
        if (reply.status() == 200) {
            boolean fault = SoapEnvelope.payload(envelope).getLocalName().equals("Fault");
            return new Seen(fault ? "? a fault as success " + text : "served", clear);
        }
        Element detail = SoapEnvelope.faultDetail(envelope);
        return detail == null
                ? new Seen("? a fault of its own kind " + text, clear)
                : new Seen("fault " + SoapEnvelope.child(detail, "code").getTextContent(), clear);
    }

    /** The answer to a partner is always signed; a success is encrypted too. */
    private static Document open(Reply reply, Shot shot) {
        Document envelope = SoapEnvelope.parse(reply.body());
        if (shot.keys() != null) {
            WSHandlerResult result = shot.keys().open(envelope);
            if (result.getActionResults().get(WSConstants.SIGN) == null
                    || reply.status() == 200 && result.getActionResults().get(WSConstants.ENCR) == null) {
                throw new IllegalStateException("not protected", null);
            }
        }
        return envelope;
    }
}
