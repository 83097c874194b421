package org.crmgateway.security;

import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.apache.jcp.xml.dsig.internal.dom.XMLDSigRI;
import org.apache.wss4j.common.bsp.BSPRule;
import org.apache.wss4j.common.crypto.AlgorithmSuiteValidator;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.ext.WSSecurityException.ErrorCode;
import org.apache.wss4j.common.token.SecurityTokenReference;
import org.apache.wss4j.common.token.X509Security;
import org.apache.wss4j.common.util.XMLUtils;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.processor.EncryptedKeyProcessor;
import org.apache.wss4j.dom.processor.Processor;
import org.apache.wss4j.dom.processor.SignatureProcessor;
import org.apache.wss4j.dom.util.WSSecurityUtil;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Stands before the gateway's private key: nothing is decrypted but for a message whose {@code ds:SignedInfo} a registered
 * certificate has signed (XML Signature 1.1, section 3.2.2). A stranger gets no work out of the private key, and no plaintext
 * parsed. Whether the digests in it are those of the message shows after decryption, in WSS4J.
 */
final class SignatureFirst implements Processor {
    private static final Provider SANTUARIO = new XMLDSigRI();

    private final Processor decryption = new EncryptedKeyProcessor();

    @Override
    public List<WSSecurityEngineResult> handleToken(Element encryptedKey, RequestData request)
            throws WSSecurityException {
        Element header = (Element) encryptedKey.getParentNode();
        Element signature = XMLUtils.getDirectChildElement(header, "Signature", SecurityShape.DS);
        if (signature == null) {
            throw Refusal.security("sec.nosig");
        }
        require(signature, signer(signature, header, request), request);
        try {
            return decryption.handleToken(encryptedKey, request);
        } catch (WSSecurityException e) {
            takeAsLong(signature, request);
            throw e;
        }
    }

    /**
     * What follows when a key or a padding happens to be good: whoever changes the ciphertext of a recorded message could tell
     * by the time whether it was (Jager and Somorovsky 2011, for CBC; Bleichenbacher 1998, for RSA-1.5).
     */
    private static void takeAsLong(Element signature, RequestData request) {
        try {
            new SignatureProcessor().handleToken(signature, request);
        } catch (WSSecurityException e) {
            // As expected: the digest is of what was not decrypted.
        }
    }

    private void require(Element signature, X509Certificate signer, RequestData request) throws WSSecurityException {
        DOMValidateContext context = new DOMValidateContext(signer.getPublicKey(), signature);
        context.setProperty("org.apache.jcp.xml.dsig.secureValidation", Boolean.TRUE);
        try {
            XMLSignature parsed =
                    XMLSignatureFactory.getInstance("DOM", SANTUARIO).unmarshalXMLSignature(context);
            new AlgorithmSuiteValidator(request.getAlgorithmSuite()).checkSignatureAlgorithms(parsed);
            if (!parsed.getSignatureValue().validate(context)) {
                throw new WSSecurityException(ErrorCode.FAILED_CHECK);
            }
        } catch (MarshalException | XMLSignatureException e) {
            throw new WSSecurityException(ErrorCode.FAILED_CHECK, e);
        }
    }

    private static X509Certificate signer(Element signature, Element header, RequestData request)
            throws WSSecurityException {
        Element keyInfo = XMLUtils.getDirectChildElement(signature, "KeyInfo", SecurityShape.DS);
        Element named = keyInfo == null
                ? null
                : XMLUtils.getDirectChildElement(
                        keyInfo, SecurityTokenReference.SECURITY_TOKEN_REFERENCE, SecurityShape.WSSE);
        if (named == null) {
            request.getBSPEnforcer().handleBSPRule(BSPRule.R5417);
            throw new WSSecurityException(ErrorCode.FAILED_CHECK);
        }
        SecurityTokenReference reference = new SecurityTokenReference(named, request.getBSPEnforcer());
        if (!reference.containsReference()) {
            throw Refusal.security("sec.keyinfo");
        }
        X509Certificate found =
                token(XMLUtils.getIDFromReference(reference.getReference().getURI()), header, request);
        request.getSigVerCrypto().verifyTrust(new X509Certificate[] {found}, false, null, null);
        return found;
    }

    /** The certificate in the header's token of that id; a reference to anything else names nobody. */
    private static X509Certificate token(@Nullable String id, Element header, RequestData request)
            throws WSSecurityException {
        for (Element token : WSSecurityUtil.getDirectChildElements(header, "BinarySecurityToken", SecurityShape.WSSE)) {
            if (token.getAttributeNS(SecurityShape.WSU, "Id").equals(id)) {
                return new X509Security(token, request.getBSPEnforcer()).getX509Certificate(request.getSigVerCrypto());
            }
        }
        throw new WSSecurityException(ErrorCode.SECURITY_TOKEN_UNAVAILABLE);
    }
}
