package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.EncryptionActionToken;
import org.apache.wss4j.common.SecurityActionToken;
import org.apache.wss4j.common.SignatureActionToken;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.handler.HandlerAction;
import org.apache.wss4j.dom.handler.WSHandlerConstants;
import org.crmgateway.call.Call;
import org.crmgateway.partner.Dialect;

/**
 * Signs timestamp and body of every answer, and encrypts the body's content to the certificate that signed the request. A
 * fault is encrypted only for a partner that asks for it; a refusal goes out as it is, since nobody is known to read it. Where
 * requests are not signed, answers have a timestamp only.
 */
final class OutboundSecurity extends WSS4JOutInterceptor {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final KeyRing keys;

    OutboundSecurity(KeyRing keys, Dialect dialect) {
        super(Map.of(
                ConfigurationConstants.PW_CALLBACK_REF,
                new NoPassword(),
                ConfigurationConstants.TTL_TIMESTAMP,
                Long.toString(LIFETIME.toSeconds()),
                ConfigurationConstants.MUST_UNDERSTAND,
                // A client that only sends a password has perhaps never heard of the header.
                Boolean.toString(dialect.signed())));
        this.keys = keys;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        List<HandlerAction> actions = actions(message);
        if (!actions.isEmpty()) {
            message.put(WSHandlerConstants.HANDLER_ACTIONS, actions);
            super.handleMessage(message);
        }
    }

    private List<HandlerAction> actions(SoapMessage message) {
        Exchange exchange = message.getExchange();
        Call call = exchange.get(Call.class);
        X509Certificate reader = exchange.get(X509Certificate.class);
        Exception fault = message.getContent(Exception.class);
        if (call == null || refusal(fault) || !call.dialect().secured()) {
            return List.of();
        }
        MessageKeys now = keys.now();
        List<HandlerAction> actions = new ArrayList<>();
        actions.add(new HandlerAction(WSConstants.TS));
        if (reader == null) {
            return actions;
        }
        actions.add(new HandlerAction(WSConstants.SIGN, signature(message, Algorithms.of(call.dialect()), now)));
        if (fault == null || call.partner().protection().encryptFaults()) {
            actions.add(new HandlerAction(WSConstants.ENCR, encryption(message, call, reader, now)));
        }
        return actions;
    }

    private static boolean refusal(Exception fault) {
        return fault instanceof Refusal || fault != null && fault.getCause() instanceof Refusal;
    }

    private static SecurityActionToken signature(SoapMessage message, Algorithms algorithms, MessageKeys now) {
        SignatureActionToken token = new SignatureActionToken();
        token.setCrypto(now);
        token.setUser(MessageKeys.SIGNER);
        token.setSignatureAlgorithm(algorithms.signature());
        token.setDigestAlgorithm(algorithms.digest());
        token.setC14nAlgorithm(Algorithms.CANONICALIZATION);
        token.setKeyIdentifierId(WSConstants.BST_DIRECT_REFERENCE);
        token.setParts(
                List.of(new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element"), body(message, "Element")));
        return token;
    }

    private static SecurityActionToken encryption(
            SoapMessage message, Call call, X509Certificate reader, MessageKeys now) {
        EncryptionActionToken token = new EncryptionActionToken();
        token.setCrypto(now);
        // WSS4J wants a name even when it is given the certificate.
        token.setUser(MessageKeys.SIGNER);
        token.setCertificate(reader);
        token.setKeyIdentifierId(WSConstants.ISSUER_SERIAL);
        AnswerEncryption wanted = message.getExchange().get(AnswerEncryption.class);
        token.setKeyTransportAlgorithm(wanted == null ? Algorithms.KEY_TRANSPORT : wanted.keyTransport());
        token.setSymmetricAlgorithm(
                wanted == null ? Algorithms.of(call.dialect()).sentEncryption() : wanted.content());
        token.setParts(List.of(body(message, "Content")));
        return token;
    }

    private static WSEncryptionPart body(SoapMessage message, String modifier) {
        return new WSEncryptionPart("Body", message.getVersion().getNamespace(), modifier);
    }

    /** WSS4J asks for a password before it asks {@link MessageKeys} for the key, which needs none. */
    private static final class NoPassword implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) {
            for (Callback callback : callbacks) {
                ((WSPasswordCallback) callback).setPassword("");
            }
        }
    }
}
