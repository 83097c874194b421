package org.crmgateway.demo;

import static org.apache.wss4j.common.WSS4JConstants.KEYTRANSPORT_RSAOAEP;
import static org.apache.wss4j.common.WSS4JConstants.RSA_SHA256;
import static org.apache.wss4j.common.WSS4JConstants.SHA1;
import static org.apache.wss4j.common.WSS4JConstants.SHA256;
import static org.apache.wss4j.common.WSS4JConstants.WSU_NS;

import java.util.List;
import java.util.Map;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.EncryptionActionToken;
import org.apache.wss4j.common.SignatureActionToken;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.handler.HandlerAction;
import org.apache.wss4j.dom.handler.WSHandlerConstants;
import org.crmgateway.security.KeyPairAndCertificate;

/**
 * Secures each request (OASIS WS-Security 1.0 and its X.509 profile): a timestamp of five minutes, a signature over it and
 * the Body with the ERP's key, then the Body's content encrypted for the gateway.
 */
final class RequestSecurity extends WSS4JOutInterceptor {
    private static final int SECONDS_TO_LIVE = 300;

    private final DemoTarget target;
    private final ClientKeys keys;
    private final Protection protection;

    RequestSecurity(DemoTarget target, ClientKeys keys, Protection protection) {
        super(Map.of(
                ConfigurationConstants.TTL_TIMESTAMP,
                String.valueOf(SECONDS_TO_LIVE),
                ConfigurationConstants.PW_CALLBACK_REF,
                Protection.NO_PASSWORD));
        this.target = target;
        this.keys = keys;
        this.protection = protection;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        // Made anew for each message, because WSS4J writes into them and one client serves many threads.
        message.put(
                WSHandlerConstants.HANDLER_ACTIONS,
                List.of(
                        new HandlerAction(WSConstants.TS),
                        new HandlerAction(WSConstants.SIGN, signature(message)),
                        new HandlerAction(WSConstants.ENCR, encryption(message))));
        super.handleMessage(message);
    }

    private SignatureActionToken signature(SoapMessage message) {
        KeyPairAndCertificate own = target.partnerKey();
        SignatureActionToken token = new SignatureActionToken();
        token.setCrypto(keys);
        token.setUser(ClientKeys.OWN);
        token.setCertificate(own.certificate());
        token.setKeyIdentifierId(WSConstants.BST_DIRECT_REFERENCE);
        token.setSignatureAlgorithm(RSA_SHA256);
        token.setDigestAlgorithm(SHA256);
        token.setC14nAlgorithm(WSConstants.C14N_EXCL_OMIT_COMMENTS);
        token.setParts(List.of(new WSEncryptionPart("Timestamp", WSU_NS, "Element"), body(message, "Element")));
        return token;
    }

    private EncryptionActionToken encryption(SoapMessage message) {
        EncryptionActionToken token = new EncryptionActionToken();
        token.setCrypto(keys);
        token.setCertificate(target.gatewayCertificate());
        token.setKeyIdentifierId(WSConstants.ISSUER_SERIAL);
        token.setSymmetricAlgorithm(protection.contentCipher());
        token.setKeyTransportAlgorithm(KEYTRANSPORT_RSAOAEP);
        // rsa-oaep-mgf1p fixes SHA-1 inside the padding (XML Encryption 1.1, section 5.5.2); no signature depends on
        // it.
        token.setDigestAlgorithm(SHA1);
        token.setParts(List.of(body(message, "Content")));
        return token;
    }

    private static WSEncryptionPart body(SoapMessage message, String how) {
        return new WSEncryptionPart("Body", message.getVersion().getNamespace(), how);
    }
}
