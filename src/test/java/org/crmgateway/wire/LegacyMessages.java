package org.crmgateway.wire;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.crmgateway.security.KeyPairAndCertificate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Messages of the dialect {@code legacy-2005}, right ones and those that an attacker makes of a right one to learn from the
 * answer or its time whether the key or the padding was good.
 */
public record LegacyMessages(
        KeyPairAndCertificate partner,
        X509Certificate gateway,
        String signature,
        String digest,
        String keyTransport,
        String content) {

    /** As most toolkits of that time send them: Basic128Rsa15. */
    public static LegacyMessages usual(KeyPairAndCertificate partner, X509Certificate gateway) {
        return new LegacyMessages(
                partner,
                gateway,
                WSConstants.RSA_SHA1,
                WSConstants.SHA1,
                WSConstants.KEYTRANSPORT_RSA15,
                WSConstants.AES_128);
    }

    public LegacyMessages encrypting(String otherTransport, String otherContent) {
        return new LegacyMessages(partner, gateway, signature, digest, otherTransport, otherContent);
    }

    public LegacyMessages signing(String otherSignature, String otherDigest) {
        return new LegacyMessages(partner, gateway, otherSignature, otherDigest, keyTransport, content);
    }

    /** A right message around a payload. */
    public Document protect(Document envelope) {
        try {
            WireSecurity keys = keys();
            WSSecHeader header = new WSSecHeader(envelope);
            header.insertSecurityHeader();
            WSSecTimestamp timestamp = new WSSecTimestamp(header);
            timestamp.setTimeToLive(300);
            timestamp.build();
            WSSecSignature signing = new WSSecSignature(header);
            signing.setUserInfo("partner", WireSecurity.PASSWORD);
            signing.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
            signing.setSignatureAlgorithm(signature);
            signing.setDigestAlgo(digest);
            signing.getParts().add(WireSecurity.part("Timestamp", envelope));
            signing.getParts().add(WireSecurity.part("Body", envelope));
            signing.build(keys.crypto());
            WSSecEncrypt encryption = new WSSecEncrypt(header);
            encryption.setUserInfo("gateway");
            encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
            encryption.setKeyEncAlgo(keyTransport);
            encryption.setSymmetricEncAlgorithm(content);
            boolean triple = content.equals(WSConstants.TRIPLE_DES);
            KeyGenerator generator = KeyGenerator.getInstance(triple ? "DESede" : "AES");
            generator.init(triple ? 168 : content.contains("128") ? 128 : 256);
            encryption.build(keys.crypto(), generator.generateKey());
            return envelope;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** For reading what comes back. */
    public WireSecurity keys() {
        return new WireSecurity(
                org.crmgateway.partner.Dialect.LEGACY_2005, partner.key(), partner.certificate(), gateway);
    }

    /** The same message, the last block of its content changed: the padding is wrong, nearly always. */
    public static Document badPadding(Document message) {
        return changed(message, "Body", bytes -> bytes[bytes.length - 17] ^= 1);
    }

    /** The same message, the first block of its content changed: the padding is right, the text is not. */
    public static Document badText(Document message) {
        return changed(message, "Body", bytes -> bytes[0] ^= 1);
    }

    /** The same message, with random bytes where its key was encrypted: RSA yields no padding at all. */
    public static Document badKey(Document message) {
        return changed(message, "Header", bytes -> {
            new SecureRandom().nextBytes(bytes);
            // Below the modulus.
            bytes[0] = 0;
        });
    }

    /** The same message, its key encrypted rightly, but a key of the wrong length: RSA's padding is right, what it holds is not. */
    public Document wrongKey(Document message, int length) {
        return changed(message, "Header", bytes -> {
            try {
                Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                rsa.init(Cipher.ENCRYPT_MODE, gateway.getPublicKey());
                byte[] key = new byte[length];
                new SecureRandom().nextBytes(key);
                byte[] encrypted = rsa.doFinal(key);
                System.arraycopy(encrypted, 0, bytes, 0, bytes.length);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Change {
        void to(byte[] bytes);
    }

    /** Changes the ciphertext in one half of the envelope. */
    private static Document changed(Document message, String half, Change change) {
        Element part = (Element)
                message.getElementsByTagNameNS(message.getDocumentElement().getNamespaceURI(), half)
                        .item(0);
        var value = part.getElementsByTagNameNS("*", "CipherValue").item(0);
        byte[] bytes = Base64.getMimeDecoder().decode(value.getTextContent());
        change.to(bytes);
        value.setTextContent(Base64.getEncoder().encodeToString(bytes));
        return message;
    }
}
