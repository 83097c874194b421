package org.crmgateway.security;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.crypto.AlgorithmSuite;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Dialect;

/**
 * Decrypts and verifies a message by its WS-Security header (OASIS WSS SOAP Message Security 1.1.1), with the algorithms of
 * one dialect. What exactly was signed and encrypted, and by whom, is for {@link PartnerGate} to judge.
 */
final class InboundSecurity extends WSS4JInInterceptor {
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
        super(Map.of(
                ConfigurationConstants.ACTION, "Timestamp Signature Encrypt",
                ConfigurationConstants.IS_BSP_COMPLIANT, "true",
                ConfigurationConstants.ALLOW_RSA15_KEY_TRANSPORT_ALGORITHM, "false",
                ConfigurationConstants.EXPAND_XOP_INCLUDE, "false"));
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
            super.handleMessage(message);
        } catch (Failure | Refusal e) {
            throw e;
        } catch (Fault e) {
            throw e.getCause() instanceof WSSecurityException cause
                    ? Refusal.security(reason(cause))
                    : Refusal.unexpected("sec.invalid", e);
        } catch (StackOverflowError e) {
            // Something nested too deep; an error would end the call without an answer.
            throw Refusal.security("sec.unreadable");
        } catch (RuntimeException e) {
            throw ours(e) ? Refusal.unexpected("sec.error", e) : Refusal.security("sec.unreadable");
        }
    }

    /** WSS4J meets hostile input with whatever exception happens; only what our own code throws is a bug. */
    static boolean ours(RuntimeException thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith("org.crmgateway."))
                .findFirst()
                .filter(nearest -> !AROUND_WSS4J.contains(nearest))
                .isPresent();
    }

    /** Says which part is missing, where WSS4J would say only that one is. */
    @Override
    protected void checkActions(SoapMessage message, List<WSSecurityEngineResult> results, List<Integer> actions)
            throws WSSecurityException {
        Set<Object> present = results.stream()
                .map(result -> result.get(WSSecurityEngineResult.TAG_ACTION))
                .collect(Collectors.toSet());
        if (present.isEmpty()) {
            throw Refusal.security("sec.none");
        }
        for (var part : PARTS) {
            if (!present.contains(part.getKey())) {
                throw Refusal.security(part.getValue());
            }
        }
        super.checkActions(message, results, actions);
    }

    /** A rule of the Basic Security Profile 1.1 says more than WSS4J's code; its number comes from WSS4J's own list. */
    private static String reason(WSSecurityException cause) {
        Matcher rule = PROFILE_RULE.matcher(String.valueOf(cause.getMessage()));
        if (cause.getErrorCode() == WSSecurityException.ErrorCode.INVALID_SECURITY && rule.find()) {
            return "sec.bsp." + rule.group(1).toLowerCase(Locale.ROOT);
        }
        return "sec.wss." + cause.getErrorCode().name().toLowerCase(Locale.ROOT);
    }

    @Override
    protected void computeAction(SoapMessage message, RequestData request) {
        MessageKeys now = keys.now();
        request.setSigVerCrypto(now);
        request.setDecCrypto(now);
    }

    @Override
    protected void setAlgorithmSuites(SoapMessage message, RequestData request) {
        request.setAlgorithmSuite(accepted);
    }

    /** Ours is {@link ReplayGuard}: after verification, for all nodes, and lasting. */
    @Override
    protected void configureReplayCaches(RequestData request, List<Integer> actions, SoapMessage message) {}

    @Override
    protected WSSecurityEngine getSecurityEngine(boolean utWithCallbacks) {
        WSSecurityEngine engine = new WSSecurityEngine();
        engine.setWssConfig(config);
        return engine;
    }

    @Override
    protected CallbackHandler getCallback(RequestData request, boolean utWithCallbacks) {
        return new NoPasswords();
    }

    /** Keys come from {@link MessageKeys} without a password, but WSS4J insists on being able to ask. */
    private static final class NoPasswords implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            throw new UnsupportedCallbackException(callbacks[0]);
        }
    }
}
