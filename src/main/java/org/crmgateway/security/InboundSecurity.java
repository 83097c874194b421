package org.crmgateway.security;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.ws.security.wss4j.StaxSerializer;
import org.apache.wss4j.common.crypto.AlgorithmSuite;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.apache.wss4j.dom.util.WSSecurityUtil;
import org.apache.xml.security.c14n.InvalidCanonicalizerException;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Dialect;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Decrypts and verifies a message by its WS-Security header (OASIS WSS SOAP Message Security 1.1.1), with the algorithms of
 * one dialect. What exactly was signed and encrypted, and by whom, is for {@link PartnerGate} to judge.
 */
final class InboundSecurity extends AbstractSoapInterceptor {
    private static final List<QName> REFUSED = List.of(
            WSConstants.SAML_TOKEN,
            WSConstants.SAML2_TOKEN,
            WSConstants.ENCRYPTED_ASSERTION,
            WSConstants.USERNAME_TOKEN,
            WSConstants.SIGNATURE_CONFIRMATION,
            WSConstants.DERIVED_KEY_TOKEN_05_02,
            WSConstants.DERIVED_KEY_TOKEN_05_12,
            WSConstants.SECURITY_CONTEXT_TOKEN_05_02,
            WSConstants.SECURITY_CONTEXT_TOKEN_05_12,
            WSConstants.ENCRYPTED_DATA);

    private static final Set<QName> UNDERSTOOD = Set.of(new QName(SecurityShape.WSSE, "Security"));

    /** What every message must have, and what is said of one that has it not. */
    private static final List<Map.Entry<Integer, String>> PARTS = List.of(
            Map.entry(WSConstants.SIGN, "sec.nosig"),
            Map.entry(WSConstants.TS, "sec.nots"),
            Map.entry(WSConstants.ENCR, "sec.noenc"));

    /** Ours on the stack whose work is to call WSS4J. */
    private static final Set<String> AROUND_WSS4J =
            Set.of(InboundSecurity.class.getName(), SignatureFirst.class.getName());

    private static final Pattern PROFILE_RULE = Pattern.compile("BSP:(R[0-9]{1,5}):");

    private final KeyRing keys;
    private final AlgorithmSuite accepted;
    private final WSSConfig config;

    InboundSecurity(Dialect dialect, KeyRing keys, SecurityConfig security, Clock clock) {
        super(Phase.PRE_PROTOCOL);
        this.keys = keys;
        this.accepted = Algorithms.of(dialect).accepted();
        this.config = WSSConfig.getNewInstance();
        REFUSED.forEach(token -> config.setProcessor(token, new RefusedToken()));
        config.setProcessor(WSConstants.ENCRYPTED_KEY, new SignatureFirst());
        config.setValidator(WSConstants.TIMESTAMP, new TimestampWindow(security, clock));
    }

    @Override
    public void handleMessage(SoapMessage message) {
        try {
            WSHandlerResult verified = verify(message);
            requireParts(verified.getResults());
            message.setContent(WSHandlerResult.class, verified);
        } catch (WSSecurityException e) {
            throw Refusal.security(reason(e));
        } catch (Failure | Refusal e) {
            throw e;
        } catch (StackOverflowError e) {
            // Something nested too deep; an error would end the call without an answer.
            throw Refusal.security("sec.unreadable");
        } catch (RuntimeException | InvalidCanonicalizerException e) {
            throw ours(e) ? Refusal.unexpected("sec.error", e) : Refusal.security("sec.unreadable");
        }
    }

    /** In the one tree of the message: what is decrypted stands in it afterwards. */
    private WSHandlerResult verify(SoapMessage message) throws WSSecurityException, InvalidCanonicalizerException {
        MessageKeys now = keys.now();
        RequestData request = new RequestData();
        request.setWssConfig(config);
        request.setSigVerCrypto(now);
        request.setDecCrypto(now);
        request.setCallbackHandler(new NoPasswords());
        request.setAlgorithmSuite(accepted);
        request.setEncryptionSerializer(new StaxSerializer());
        request.setExpandXopInclude(false);
        WSSecurityEngine engine = new WSSecurityEngine();
        engine.setWssConfig(config);
        boolean soap12 = message.getVersion() instanceof Soap12;
        Element header = SoapTree.header(message.getContent(Document.class));
        return engine.processSecurityHeader(WSSecurityUtil.getSecurityHeader(header, null, soap12), request);
    }

    @Override
    public Set<QName> getUnderstoodHeaders() {
        return UNDERSTOOD;
    }

    /** WSS4J meets hostile input with whatever exception happens; only what our own code throws is a bug. */
    static boolean ours(Exception thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith("org.crmgateway."))
                .findFirst()
                .filter(nearest -> !AROUND_WSS4J.contains(nearest))
                .isPresent();
    }

    /** One timestamp, one signature, one encrypted content; says which is missing. */
    private static void requireParts(List<WSSecurityEngineResult> results) throws WSSecurityException {
        List<Object> present = results.stream()
                .filter(InboundSecurity::counts)
                .map(result -> result.get(WSSecurityEngineResult.TAG_ACTION))
                .toList();
        if (results.isEmpty()) {
            throw Refusal.security("sec.none");
        }
        for (var part : PARTS) {
            if (results.stream()
                    .noneMatch(result -> part.getKey().equals(result.get(WSSecurityEngineResult.TAG_ACTION)))) {
                throw Refusal.security(part.getValue());
            }
        }
        if (present.size() != PARTS.size()
                || !PARTS.stream().map(Map.Entry::getKey).allMatch(present::contains)) {
            throw new WSSecurityException(WSSecurityException.ErrorCode.INVALID_SECURITY);
        }
    }

    /** A token says nothing by itself, nor does a key that nothing was encrypted with. */
    private static boolean counts(WSSecurityEngineResult result) {
        Object action = result.get(WSSecurityEngineResult.TAG_ACTION);
        boolean nothing = result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS) instanceof List<?> references
                ? references.isEmpty()
                : true;
        return !Objects.equals(action, WSConstants.BST) && !(Objects.equals(action, WSConstants.ENCR) && nothing);
    }

    /** A rule of the Basic Security Profile 1.1 says more than WSS4J's code; its number comes from WSS4J's own list. */
    private static String reason(WSSecurityException cause) {
        Matcher rule = PROFILE_RULE.matcher(String.valueOf(cause.getMessage()));
        if (cause.getErrorCode() == WSSecurityException.ErrorCode.INVALID_SECURITY && rule.find()) {
            return "sec.bsp." + rule.group(1).toLowerCase(Locale.ROOT);
        }
        return "sec.wss." + cause.getErrorCode().name().toLowerCase(Locale.ROOT);
    }

    /** Keys come from {@link MessageKeys} without a password, but WSS4J insists on being able to ask. */
    private static final class NoPasswords implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            throw new UnsupportedCallbackException(callbacks[0]);
        }
    }
}
