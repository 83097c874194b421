package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.apache.wss4j.dom.message.token.Timestamp;
import org.apache.wss4j.dom.str.STRParser;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What one verified message has: the elements its signature covers and the content that was encrypted. Elements are told
 * apart by identity, since an id or a place in the tree can be given to another element (signature wrapping).
 *
 * @param signer whose key made the only signature
 * @param signatureValue of that signature
 * @param recipient the gateway's certificate that the message was encrypted to; absent when it was named by its bare key
 * @param keyTransport how the key of the encrypted content came
 */
record Coverage(
        X509Certificate signer,
        @Nullable X509Certificate recipient,
        byte[] signatureValue,
        Set<Element> signed,
        Element timestamp,
        List<WSDataRef> encrypted,
        @Nullable String keyTransport,
        boolean signedBeforeEncrypted) {

    /**
     * Collects it from what WSS4J has verified.
     *
     * @throws Refusal when there is not exactly one signature and one timestamp, or the signature does not name its
     *     certificate by a token of the message
     */
    static Coverage of(SoapMessage message) {
        WSHandlerResult results = message.getContent(WSHandlerResult.class);
        if (results == null) {
            throw Refusal.security("sec.none");
        }
        WSSecurityEngineResult signature = only(results, WSConstants.SIGN, "sec.signatures");
        WSSecurityEngineResult timestamp = only(results, WSConstants.TS, "sec.timestamps");
        if (signature.get(WSSecurityEngineResult.TAG_X509_REFERENCE_TYPE) != STRParser.REFERENCE_TYPE.DIRECT_REF) {
            throw Refusal.security("sec.keyinfo");
        }
        X509Certificate signer = (X509Certificate) signature.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE);
        byte[] value = (byte[]) signature.get(WSSecurityEngineResult.TAG_SIGNATURE_VALUE);
        Timestamp validated = (Timestamp) timestamp.get(WSSecurityEngineResult.TAG_TIMESTAMP);
        if (signer == null || value == null || validated == null) {
            throw Refusal.security("sec.signer");
        }
        Set<Element> signed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (WSDataRef reference : references(signature)) {
            // Any other transform could make the digest of this element say nothing about its content.
            if (List.of(Algorithms.CANONICALIZATION).equals(reference.getTransformAlgorithms())) {
                signed.add(reference.getProtectedElement());
            }
        }
        List<WSDataRef> encrypted = new ArrayList<>();
        X509Certificate recipient = null;
        String keyTransport = null;
        boolean encryptedFirst = false;
        for (WSSecurityEngineResult encryption : results.getActionResults().getOrDefault(WSConstants.ENCR, List.of())) {
            encrypted.addAll(references(encryption));
            if (encryption.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE) instanceof X509Certificate certificate) {
                recipient = certificate;
            }
            keyTransport = (String) encryption.get(WSSecurityEngineResult.TAG_ENCRYPTED_KEY_TRANSPORT_METHOD);
            // Results stand in reverse: what was done last is undone first.
            encryptedFirst |= position(results, encryption) < position(results, signature);
        }
        return new Coverage(
                signer, recipient, value, signed, validated.getElement(), encrypted, keyTransport, !encryptedFirst);
    }

    /**
     * Checks that timestamp, body and every addressing header are signed, and the body's content, nothing else, encrypted.
     *
     * @throws Refusal when not
     */
    void require(SoapTree tree, Addressing addressing) {
        if (!signed.contains(timestamp)) {
            throw Refusal.security("sec.cover.ts");
        }
        if (!signed.contains(tree.body())) {
            throw Refusal.security("sec.cover.body");
        }
        if (!signed.containsAll(addressing.elements())) {
            throw Refusal.security("sec.cover.wsa");
        }
        if (encrypted.size() != 1
                || !encrypted.get(0).isContent()
                || encrypted.get(0).getProtectedElement() != tree.body()) {
            throw Refusal.security("sec.cover.enc");
        }
        if (!signedBeforeEncrypted) {
            throw Refusal.security("sec.order");
        }
    }

    /** How the content of the answer is to be encrypted for one that speaks an old language: as its request was. */
    Optional<AnswerEncryption> answerEncryption() {
        return keyTransport == null || encrypted.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AnswerEncryption(keyTransport, encrypted.get(0).getAlgorithm()));
    }

    private static WSSecurityEngineResult only(WSHandlerResult results, int action, String reason) {
        List<WSSecurityEngineResult> found = results.getActionResults().getOrDefault(action, List.of());
        if (found.size() != 1) {
            throw Refusal.security(reason);
        }
        return found.get(0);
    }

    private static List<WSDataRef> references(WSSecurityEngineResult result) {
        return result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS) instanceof List<?> references
                ? references.stream().map(WSDataRef.class::cast).toList()
                : List.of();
    }

    private static int position(WSHandlerResult results, WSSecurityEngineResult wanted) {
        List<WSSecurityEngineResult> all = results.getResults();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
