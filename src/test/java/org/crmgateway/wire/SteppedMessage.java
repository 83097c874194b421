package org.crmgateway.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.KeyGenerator;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.util.WSTimeSource;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.crmgateway.partner.Dialect;
import org.w3c.dom.Document;

/** A message secured step by step, so that a test can do between the steps what toolkits and proxies do by mistake. */
final class SteppedMessage {
    private final WireSecurity security;
    private final String envelope;
    private List<String> signed = List.of("Timestamp", "Body");
    private Duration clock = Duration.ZERO;
    private boolean timestamp = true;
    private boolean encryptFirst;
    private String actor = "";
    private UnaryOperator<String> beforeSigning = UnaryOperator.identity();
    private UnaryOperator<String> afterSigning = UnaryOperator.identity();
    private UnaryOperator<String> onTheWay = UnaryOperator.identity();
    private Consumer<WSSecSignature> signature = any -> {};
    private Consumer<WSSecEncrypt> encryption = any -> {};

    SteppedMessage(WireSecurity security, String envelope) {
        this.security = security;
        this.envelope = envelope;
    }

    SteppedMessage signing(String... parts) {
        signed = List.of(parts);
        return this;
    }

    SteppedMessage clock(Duration ahead) {
        clock = ahead;
        return this;
    }

    SteppedMessage withoutTimestamp() {
        timestamp = false;
        return this;
    }

    SteppedMessage encryptedFirst() {
        encryptFirst = true;
        return this;
    }

    SteppedMessage actor(String name) {
        actor = name;
        return this;
    }

    /** With the timestamp there, and nothing signed yet. */
    SteppedMessage beforeSigning(UnaryOperator<String> change) {
        beforeSigning = change;
        return this;
    }

    /** Between signing and encrypting: the body is in clear. */
    SteppedMessage afterSigning(UnaryOperator<String> change) {
        afterSigning = change;
        return this;
    }

    SteppedMessage onTheWay(UnaryOperator<String> change) {
        onTheWay = change;
        return this;
    }

    SteppedMessage signature(Consumer<WSSecSignature> setting) {
        signature = setting;
        return this;
    }

    SteppedMessage encryption(Consumer<WSSecEncrypt> setting) {
        encryption = setting;
        return this;
    }

    byte[] bytes() {
        try {
            Document document = SoapEnvelope.parse(envelope);
            stamp(document);
            document = changed(document, beforeSigning);
            if (encryptFirst) {
                encrypt(document);
                sign(document);
            } else {
                if (!signed.isEmpty()) {
                    sign(document);
                }
                document = changed(document, afterSigning);
                if (security.encrypt()) {
                    encrypt(document);
                }
            }
            return onTheWay.apply(SoapEnvelope.text(document)).getBytes(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document changed(Document document, UnaryOperator<String> change) {
        return SoapEnvelope.parse(change.apply(SoapEnvelope.text(document)));
    }

    private WSSecHeader header(Document document) throws Exception {
        WSSecHeader header = actor.isEmpty() ? new WSSecHeader(document) : new WSSecHeader(actor, document);
        header.insertSecurityHeader();
        return header;
    }

    private void stamp(Document document) throws Exception {
        WSSecHeader header = header(document);
        if (!timestamp) {
            return;
        }
        WSSecTimestamp stamp = new WSSecTimestamp(header);
        stamp.setTimeToLive(300);
        stamp.setWsTimeSource(new WSTimeSource() {
            @Override
            public Instant now() {
                return Instant.now().plus(clock);
            }
        });
        stamp.build();
    }

    private void sign(Document document) throws Exception {
        WSSecSignature signer = new WSSecSignature(header(document));
        signer.setUserInfo("partner", WireSecurity.PASSWORD);
        signer.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signer.setSignatureAlgorithm(WSConstants.RSA_SHA256);
        signer.setDigestAlgo(WSConstants.SHA256);
        signature.accept(signer);
        for (String part : signed) {
            signer.getParts().add(part(part, document));
        }
        signer.build(security.crypto());
    }

    private static WSEncryptionPart part(String name, Document document) {
        if (name.startsWith("wsa:")) {
            return new WSEncryptionPart(name.substring(4), "http://www.w3.org/2005/08/addressing", "");
        }
        String namespace = name.equals("Timestamp")
                ? WSConstants.WSU_NS
                : document.getDocumentElement().getNamespaceURI();
        return new WSEncryptionPart(name, namespace, "");
    }

    private void encrypt(Document document) throws Exception {
        WSSecEncrypt encrypt = new WSSecEncrypt(header(document));
        encrypt.setUserInfo("gateway");
        encrypt.setKeyIdentifierType(security.keyReference());
        encrypt.setKeyEncAlgo(WSConstants.KEYTRANSPORT_RSAOAEP);
        encrypt.setSymmetricEncAlgorithm(
                security.dialect() == Dialect.MODERN ? WSConstants.AES_256_GCM : WSConstants.AES_256);
        encryption.accept(encrypt);
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        encrypt.build(security.crypto(), generator.generateKey());
    }
}
