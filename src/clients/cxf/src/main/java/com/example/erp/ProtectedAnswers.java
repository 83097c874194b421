package com.example.erp;

import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPMessage;
import java.util.List;
import java.util.Map;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Demands that every answer is encrypted and signed; a fault comes signed, and in clear. */
final class ProtectedAnswers extends WSS4JInInterceptor {
    ProtectedAnswers(Map<String, Object> settings) {
        super(settings);
    }

    @Override
    protected void checkActions(SoapMessage message, List<WSSecurityEngineResult> results, List<Integer> demanded)
            throws WSSecurityException {
        super.checkActions(message, results, isFault(message) ? List.of(WSConstants.TS, WSConstants.SIGN) : demanded);
    }

    /** In the plain DOM: SAAJ's own {@code hasFault} fails on a body that has just been decrypted. */
    private static boolean isFault(SoapMessage message) throws WSSecurityException {
        try {
            Node body =
                    DOMUtils.getDomElement(message.getContent(SOAPMessage.class).getSOAPBody());
            Element first = DOMUtils.getFirstElement(body);
            return first != null && first.getLocalName().equals("Fault");
        } catch (SOAPException e) {
            throw new WSSecurityException(WSSecurityException.ErrorCode.INVALID_SECURITY, e);
        }
    }
}
