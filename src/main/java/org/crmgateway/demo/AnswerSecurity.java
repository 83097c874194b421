package org.crmgateway.demo;

import static org.apache.wss4j.dom.engine.WSSecurityEngineResult.TAG_DATA_REF_URIS;
import static org.apache.wss4j.dom.engine.WSSecurityEngineResult.TAG_SIGNATURE_METHOD;
import static org.apache.wss4j.dom.engine.WSSecurityEngineResult.TAG_TIMESTAMP;
import static org.apache.wss4j.dom.engine.WSSecurityEngineResult.TAG_X509_CERTIFICATE;

import jakarta.xml.soap.SOAPMessage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.message.token.Timestamp;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Verifies each answer: signed by the gateway over exactly this Body and Timestamp, and encrypted unless it is a fault. What
 * was signed is compared as elements of the tree, since a name can stand in a message twice.
 *
 * <p>The gateway's refusal of a message it could not verify is a bare fault without security and without detail; it passes,
 * and proves nothing.
 */
final class AnswerSecurity extends WSS4JInInterceptor {
    private static final String ACTIONS = ConfigurationConstants.TIMESTAMP
            + " "
            + ConfigurationConstants.SIGNATURE
            + " "
            + ConfigurationConstants.ENCRYPTION;

    private final DemoTarget target;
    private final Protection protection;

    AnswerSecurity(DemoTarget target, ClientKeys keys, Protection protection) {
        super(Map.of(
                ConfigurationConstants.ACTION,
                ACTIONS,
                ConfigurationConstants.SIG_VER_PROP_REF_ID,
                "keys",
                ConfigurationConstants.DEC_PROP_REF_ID,
                "keys",
                "keys",
                keys,
                ConfigurationConstants.PW_CALLBACK_REF,
                Protection.NO_PASSWORD,
                ConfigurationConstants.REQUIRE_TIMESTAMP_EXPIRES,
                "true"));
        this.target = target;
        this.protection = protection;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        super.handleMessage(message);
        Element envelope = envelope(message);
        boolean secured = envelope.getElementsByTagNameNS(WSS4JConstants.WSSE_NS, "Security")
                        .getLength()
                > 0;
        Optional<Element> fault = fault(body(envelope));
        if (!secured && (fault.isEmpty() || hasDetail(fault.get()))) {
            throw new Fault(new WSSecurityException(WSSecurityException.ErrorCode.INVALID_SECURITY));
        }
    }

    @Override
    protected void checkActions(SoapMessage message, List<WSSecurityEngineResult> results, List<Integer> actions)
            throws WSSecurityException {
        Element body = body(envelope(message));
        WSSecurityEngineResult signature = only(results, WSConstants.SIGN);
        require(target.answersCertificate().equals(signature.get(TAG_X509_CERTIFICATE)));
        require(WSS4JConstants.RSA_SHA256.equals(signature.get(TAG_SIGNATURE_METHOD)));
        Timestamp timestamp =
                (Timestamp) Objects.requireNonNull(only(results, WSConstants.TS).get(TAG_TIMESTAMP));
        require(protects(signature, body));
        require(protects(signature, timestamp.getElement()));
        if (fault(body).isEmpty()) {
            WSSecurityEngineResult encryption = only(results, WSConstants.ENCR);
            require(protects(encryption, body));
            require(references(encryption).stream()
                    .allMatch(reference -> protection.contentCipher().equals(reference.getAlgorithm())));
        }
    }

    /** The tree itself: SAAJ's wrappers do not know what decryption put into it. */
    private static Element envelope(SoapMessage message) {
        return (Element) DOMUtils.getDomElement(
                (Node) message.getContent(SOAPMessage.class).getSOAPPart().getDocumentElement());
    }

    private static Element body(Element envelope) {
        return Objects.requireNonNull(
                DOMUtils.getFirstChildWithName(envelope, envelope.getNamespaceURI(), "Body"), "an envelope has a Body");
    }

    private static Optional<Element> fault(Element body) {
        return Optional.ofNullable(DOMUtils.getFirstChildWithName(body, body.getNamespaceURI(), "Fault"));
    }

    /** In SOAP 1.1 and in 1.2. */
    private static boolean hasDetail(Element fault) {
        return DOMUtils.getFirstChildWithName(fault, "", "detail") != null
                || DOMUtils.getFirstChildWithName(fault, fault.getNamespaceURI(), "Detail") != null;
    }

    private static boolean protects(WSSecurityEngineResult result, Element element) {
        return references(result).stream()
                .anyMatch(reference -> DOMUtils.getDomElement((Node) reference.getProtectedElement()) == element);
    }

    @SuppressWarnings("unchecked")
    private static List<WSDataRef> references(WSSecurityEngineResult result) {
        Object references = result.get(TAG_DATA_REF_URIS);
        return references == null ? List.of() : (List<WSDataRef>) references;
    }

    private static WSSecurityEngineResult only(List<WSSecurityEngineResult> results, int action)
            throws WSSecurityException {
        List<WSSecurityEngineResult> found = results.stream()
                .filter(result -> Integer.valueOf(action).equals(result.get(WSSecurityEngineResult.TAG_ACTION)))
                .toList();
        require(found.size() == 1);
        return found.get(0);
    }

    private static void require(boolean holds) throws WSSecurityException {
        if (!holds) {
            throw new WSSecurityException(WSSecurityException.ErrorCode.INVALID_SECURITY);
        }
    }
}
