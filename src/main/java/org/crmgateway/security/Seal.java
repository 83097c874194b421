package org.crmgateway.security;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.stream.XMLStreamException;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.xml.security.algorithms.JCEMapper;
import org.jspecify.annotations.Nullable;

/**
 * Signs and encrypts one answer (XML Signature 1.1, XML Encryption 1.1, WSS X.509 Certificate Token Profile 1.1.1). Every element is
 * written in its exclusive canonical form, so that its bytes are what its digest is of.
 *
 * @param reader to whom it is encrypted
 * @param encryption null when the body stays in clear
 */
record Seal(
        Algorithms algorithms,
        KeyPairAndCertificate signer,
        X509Certificate reader,
        @Nullable AnswerEncryption encryption) {
    static final String TIMESTAMP = "TS";
    static final String BODY = "body";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getEncoder();
    private static final String X509 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    private static final String ENCODING =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    private static final String ENCRYPTED_KEY =
            "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKey";
    private static final String DS = " xmlns:ds=\"" + SecurityShape.DS + "\"";
    private static final String XENC = " xmlns:xenc=\"" + SecurityShape.XENC + "\"";
    /** In bits (XML Encryption, section 5.2.4). */
    private static final int GCM_TAG = 128;

    /** Of rsa-oaep-mgf1p without a digest of its own (XML Encryption, section 5.5.2). */
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);

    /**
     * Writes what stands inside the security header, its end, and the body.
     *
     * @param written the body
     * @param from where its content begins
     * @param until where that ends
     */
    void write(ByteArrayOutputStream out, String timestamp, CanonicalWriter written, int from, int until)
            throws XMLStreamException {
        byte[] body = written.buffer();
        int size = written.size();
        try {
            String signature = signature(timestamp, body, size, String.join(" ", written.prefixes()));
            String signed = token() + signature + timestamp + "</wsse:Security></soap:Header>";
            if (encryption == null) {
                OutboundEnvelope.write(out, signed);
                out.write(body, 0, size);
                return;
            }
            byte[] key = new byte[JCEMapper.getKeyLengthFromURI(encryption.content()) / Byte.SIZE];
            RANDOM.nextBytes(key);
            OutboundEnvelope.write(out, encryptedKey(encryption, key) + signed);
            out.write(body, 0, from);
            OutboundEnvelope.write(out, encryptedData(encryption));
            out.writeBytes(BASE64.encode(encrypted(encryption, key, body, from, until)));
            OutboundEnvelope.write(out, "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>");
            out.write(body, until, size - until);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an answer cannot be signed and encrypted", e);
        }
    }

    private String token() throws CertificateEncodingException {
        return "<wsse:BinarySecurityToken EncodingType=\"" + ENCODING + "\" ValueType=\"" + X509
                + "\" xmlns:wsu=\"" + SecurityShape.WSU + "\" wsu:Id=\"X509\">"
                + BASE64.encodeToString(signer.certificate().getEncoded()) + "</wsse:BinarySecurityToken>";
    }

    private String signature(String timestamp, byte[] body, int size, String prefixes) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(JCEMapper.translateURItoJCEID(algorithms.digest()));
        String ofTimestamp = BASE64.encodeToString(digest.digest(timestamp.getBytes(StandardCharsets.UTF_8)));
        digest.update(body, 0, size);
        String ofBody = BASE64.encodeToString(digest.digest());
        String signedInfo = "<ds:SignedInfo" + DS + ">" + empty("CanonicalizationMethod", Algorithms.CANONICALIZATION)
                + empty("SignatureMethod", algorithms.signature()) + reference(TIMESTAMP, "", ofTimestamp)
                + reference(BODY, inclusive(prefixes), ofBody) + "</ds:SignedInfo>";
        Signature signature = Signature.getInstance(JCEMapper.translateURItoJCEID(algorithms.signature()));
        signature.initSign(signer.key());
        signature.update(signedInfo.getBytes(StandardCharsets.UTF_8));
        return "<ds:Signature" + DS + ">" + signedInfo + "<ds:SignatureValue>"
                + BASE64.encodeToString(signature.sign()) + "</ds:SignatureValue><ds:KeyInfo>"
                + "<wsse:SecurityTokenReference><wsse:Reference URI=\"#X509\" ValueType=\"" + X509
                + "\"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>";
    }

    private String reference(String id, String inclusive, String digest) {
        return "<ds:Reference URI=\"#" + id + "\"><ds:Transforms><ds:Transform Algorithm=\""
                + Algorithms.CANONICALIZATION + "\">" + inclusive + "</ds:Transform></ds:Transforms>"
                + empty("DigestMethod", algorithms.digest()) + "<ds:DigestValue>" + digest
                + "</ds:DigestValue></ds:Reference>";
    }

    /** Namespaces that stand where they are declared, not where they are used (Exclusive XML Canonicalization, section 3). */
    private static String inclusive(String prefixes) {
        return "<ec:InclusiveNamespaces xmlns:ec=\"" + Algorithms.CANONICALIZATION + "\" PrefixList=\"" + prefixes
                + "\"></ec:InclusiveNamespaces>";
    }

    /** The canonical form has an end tag for every element. */
    private static String empty(String name, String algorithm) {
        return "<ds:" + name + " Algorithm=\"" + algorithm + "\"></ds:" + name + ">";
    }

    private String encryptedKey(AnswerEncryption encryption, byte[] key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(JCEMapper.translateURItoJCEID(encryption.keyTransport()));
        if (encryption.keyTransport().equals(Algorithms.KEY_TRANSPORT)) {
            cipher.init(Cipher.ENCRYPT_MODE, reader.getPublicKey(), OAEP, RANDOM);
        } else {
            cipher.init(Cipher.ENCRYPT_MODE, reader.getPublicKey(), RANDOM);
        }
        return "<xenc:EncryptedKey" + XENC + DS + " Id=\"EK\">" + method(encryption.keyTransport())
                + "<ds:KeyInfo><wsse:SecurityTokenReference><ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>"
                + escaped(reader.getIssuerX500Principal().getName())
                + "</ds:X509IssuerName><ds:X509SerialNumber>" + reader.getSerialNumber()
                + "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data></wsse:SecurityTokenReference></ds:KeyInfo>"
                + "<xenc:CipherData><xenc:CipherValue>" + BASE64.encodeToString(cipher.doFinal(key))
                + "</xenc:CipherValue></xenc:CipherData><xenc:ReferenceList><xenc:DataReference URI=\"#ED\"/>"
                + "</xenc:ReferenceList></xenc:EncryptedKey>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String encryptedData(AnswerEncryption encryption) {
        return "<xenc:EncryptedData" + XENC + DS + " Id=\"ED\" Type=\"" + SecurityShape.XENC + "Content\">"
                + method(encryption.content()) + "<ds:KeyInfo><wsse:SecurityTokenReference xmlns:wsse=\""
                + SecurityShape.WSSE + "\" xmlns:wsse11=\"" + SecurityShape.WSSE11 + "\" wsse11:TokenType=\""
                + ENCRYPTED_KEY + "\"><wsse:Reference URI=\"#EK\"/></wsse:SecurityTokenReference></ds:KeyInfo>"
                + "<xenc:CipherData><xenc:CipherValue>";
    }

    private static String method(String algorithm) {
        return "<xenc:EncryptionMethod Algorithm=\"" + algorithm + "\"/>";
    }

    /** The initialization vector and the encrypted octets (XML Encryption, sections 5.2.1 to 5.2.4). */
    private static byte[] encrypted(AnswerEncryption encryption, byte[] key, byte[] body, int from, int until)
            throws GeneralSecurityException {
        String algorithm = encryption.content();
        byte[] vector = new byte[JCEMapper.getIVLengthFromURI(algorithm) / Byte.SIZE];
        RANDOM.nextBytes(vector);
        boolean gcm = algorithm.equals(WSS4JConstants.AES_128_GCM) || algorithm.equals(WSS4JConstants.AES_256_GCM);
        AlgorithmParameterSpec parameters = gcm ? new GCMParameterSpec(GCM_TAG, vector) : new IvParameterSpec(vector);
        Cipher cipher = Cipher.getInstance(JCEMapper.translateURItoJCEID(algorithm));
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, JCEMapper.getJCEKeyAlgorithmFromURI(algorithm)),
                parameters,
                RANDOM);
        byte[] all = new byte[vector.length + cipher.getOutputSize(until - from)];
        System.arraycopy(vector, 0, all, 0, vector.length);
        int written = vector.length + cipher.doFinal(body, from, until - from, all, vector.length);
        return written == all.length ? all : Arrays.copyOf(all, written);
    }
}
