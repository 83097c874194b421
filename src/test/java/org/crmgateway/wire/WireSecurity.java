package org.crmgateway.wire;

import java.io.IOException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.crypto.KeyGenerator;
import javax.security.auth.callback.Callback;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.crmgateway.partner.Dialect;
import org.w3c.dom.Document;

/**
 * The partner's side of WS-Security, message by message, so that tests can leave out or spoil any part.
 *
 * @param signed local names of what the signature covers, WS-Addressing headers with {@code wsa:}
 * @param encrypt whether the body's content is encrypted
 * @param timeToLive of the timestamp, in seconds; negative for one that has passed
 * @param keyReference how the gateway's certificate is named, one of WSS4J's constants
 */
public record WireSecurity(
        Dialect dialect,
        PrivateKey key,
        X509Certificate certificate,
        X509Certificate gateway,
        List<String> signed,
        boolean encrypt,
        int timeToLive,
        int keyReference) {
    public static final String PASSWORD = "test";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    static {
        // Where no gateway runs in the same process.
        WSSConfig.init();
    }

    /** As the dialect demands. */
    public WireSecurity(Dialect dialect, PrivateKey key, X509Certificate certificate, X509Certificate gateway) {
        this(dialect, key, certificate, gateway, List.of("Timestamp", "Body"), true, 300, WSConstants.ISSUER_SERIAL);
    }

    public WireSecurity signing(String... parts) {
        return new WireSecurity(dialect, key, certificate, gateway, List.of(parts), encrypt, timeToLive, keyReference);
    }

    public WireSecurity unencrypted() {
        return new WireSecurity(dialect, key, certificate, gateway, signed, false, timeToLive, keyReference);
    }

    public WireSecurity encryptedFor(X509Certificate receiver) {
        return new WireSecurity(dialect, key, certificate, receiver, signed, encrypt, timeToLive, keyReference);
    }

    public WireSecurity signedBy(PrivateKey other, X509Certificate otherCertificate) {
        return new WireSecurity(dialect, other, otherCertificate, gateway, signed, encrypt, timeToLive, keyReference);
    }

    public WireSecurity livingFor(int seconds) {
        return new WireSecurity(dialect, key, certificate, gateway, signed, encrypt, seconds, keyReference);
    }

    public WireSecurity referring(int how) {
        return new WireSecurity(dialect, key, certificate, gateway, signed, encrypt, timeToLive, how);
    }

    /** Signs and encrypts an envelope in place. */
    public Document protect(Document envelope) {
        try {
            WSSecHeader header = new WSSecHeader(envelope);
            header.insertSecurityHeader();
            WSSecTimestamp timestamp = new WSSecTimestamp(header);
            timestamp.setTimeToLive(timeToLive);
            timestamp.build();
            if (!signed.isEmpty()) {
                sign(header, envelope);
            }
            if (encrypt) {
                encrypt(header);
            }
            return envelope;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decrypts and verifies an answer in place; what it was protected with. */
    public WSHandlerResult open(Document answer) {
        try {
            RequestData request = new RequestData();
            request.setSigVerCrypto(crypto());
            request.setDecCrypto(crypto());
            // A gateway in a test may have a clock of its own.
            request.setTimeStampFutureTTL(600);
            request.setAllowRSA15KeyTransportAlgorithm(dialect == Dialect.LEGACY_2005);
            request.setCallbackHandler(callbacks -> answer(callbacks));
            return new WSSecurityEngine().processSecurityHeader(answer, request);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void sign(WSSecHeader header, Document envelope) throws Exception {
        WSSecSignature signature = new WSSecSignature(header);
        signature.setUserInfo("partner", PASSWORD);
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signature.setSignatureAlgorithm(WSConstants.RSA_SHA256);
        signature.setDigestAlgo(WSConstants.SHA256);
        for (String part : signed) {
            signature.getParts().add(part(part, envelope));
        }
        signature.build(crypto());
    }

    static WSEncryptionPart part(String name, Document envelope) {
        if (name.startsWith("wsa:")) {
            return new WSEncryptionPart(name.substring(4), "http://www.w3.org/2005/08/addressing", "");
        }
        String namespace = name.equals("Body") ? envelope.getDocumentElement().getNamespaceURI() : WSU;
        return new WSEncryptionPart(name, namespace, "");
    }

    private void encrypt(WSSecHeader header) throws Exception {
        WSSecEncrypt encryption = new WSSecEncrypt(header);
        encryption.setUserInfo("gateway");
        encryption.setKeyIdentifierType(keyReference);
        encryption.setKeyEncAlgo(WSConstants.KEYTRANSPORT_RSAOAEP);
        encryption.setSymmetricEncAlgorithm(dialect == Dialect.MODERN ? WSConstants.AES_256_GCM : WSConstants.AES_256);
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        encryption.build(crypto(), generator.generateKey());
    }

    /** The partner's keys, under {@code partner} and {@code gateway}. */
    public Merlin crypto() throws Exception {
        // In memory only, and without the work that PKCS#12 puts into each password.
        KeyStore keys = KeyStore.getInstance("JKS");
        keys.load(null, null);
        keys.setKeyEntry("partner", key, PASSWORD.toCharArray(), new X509Certificate[] {certificate});
        keys.setCertificateEntry("gateway", gateway);
        Merlin crypto = new Merlin();
        crypto.setKeyStore(keys);
        crypto.setTrustStore(keys);
        return crypto;
    }

    private static void answer(Callback[] callbacks) throws IOException {
        for (Callback callback : callbacks) {
            if (callback instanceof WSPasswordCallback wanted) {
                wanted.setPassword(PASSWORD);
            }
        }
    }
}
