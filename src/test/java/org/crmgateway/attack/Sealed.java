package org.crmgateway.attack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;

/**
 * A body's content encrypted by hand, as anyone can who has the gateway's certificate: an {@code EncryptedKey} (RSA-OAEP) and an
 * {@code EncryptedData} (AES-256-GCM), written as text, so that whatever bytes may be the plaintext. Toolkits encrypt trees,
 * and a tree cannot hold a broken document.
 */
final class Sealed {
    private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final String OPEN = "<xenc:EncryptedKey xmlns:xenc='" + XENC + "' Id='EK-1'>"
            + "<xenc:EncryptionMethod Algorithm='" + XENC + "rsa-oaep-mgf1p'>"
            + "<ds:DigestMethod xmlns:ds='http://www.w3.org/2000/09/xmldsig#'"
            + " Algorithm='http://www.w3.org/2000/09/xmldsig#sha1'/></xenc:EncryptionMethod>"
            + "<ds:KeyInfo xmlns:ds='http://www.w3.org/2000/09/xmldsig#'><wsse:SecurityTokenReference>"
            + "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>%s</ds:X509IssuerName>"
            + "<ds:X509SerialNumber>%s</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>"
            + "</wsse:SecurityTokenReference></ds:KeyInfo>"
            + "<xenc:CipherData><xenc:CipherValue>%s</xenc:CipherValue></xenc:CipherData>"
            + "<xenc:ReferenceList><xenc:DataReference URI='#ED-1'/></xenc:ReferenceList></xenc:EncryptedKey>";
    private static final String DATA =
            "<xenc:EncryptedData xmlns:xenc='" + XENC + "' Id='ED-1' Type='" + XENC + "Content'>"
                    + "<xenc:EncryptionMethod Algorithm='http://www.w3.org/2009/xmlenc11#aes256-gcm'/>"
                    + "<ds:KeyInfo xmlns:ds='http://www.w3.org/2000/09/xmldsig#'>"
                    + "<wsse:SecurityTokenReference"
                    + " xmlns:wsse='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'"
                    + " xmlns:wsse11='http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd'"
                    + " wsse11:TokenType='http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKey'>"
                    + "<wsse:Reference URI='#EK-1'/></wsse:SecurityTokenReference></ds:KeyInfo>"
                    + "<xenc:CipherData><xenc:CipherValue>%s</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>";
    private static final Pattern HEADER = Pattern.compile("<wsse:Security[^>]*>");
    private static final Pattern BODY = Pattern.compile("(<env:Body[^>]*>).*(</env:Body>)", Pattern.DOTALL);
    private static final int TAG_BITS = 128;
    private static final int IV_BYTES = 12;

    private Sealed() {}

    /**
     * A message of the dialect {@code modern}.
     *
     * @param signer what it is signed with, and what; signing nothing for none
     * @param signed what the signature is made over; it need not be what is encrypted
     * @param content the plaintext of the body
     */
    static byte[] message(WireSecurity signer, SoapEnvelope version, String signed, byte[] content) {
        String message = SoapEnvelope.text(signer.unencrypted().protect(version.around(signed)));
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256);
            SecretKey key = generator.generateKey();
            String encryptedKey = key(key, signer.gateway());
            String data = DATA.formatted(base64(encrypt(key, content)));
            String withKey = HEADER.matcher(message)
                    .replaceFirst(found -> Matcher.quoteReplacement(found.group() + encryptedKey));
            return BODY.matcher(withKey)
                    .replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + data + found.group(2)))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(SecretKey key, X509Certificate receiver) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, receiver.getPublicKey());
        return OPEN.formatted(
                receiver.getIssuerX500Principal().getName(),
                receiver.getSerialNumber(),
                base64(cipher.doFinal(key.getEncoded())));
    }

    private static byte[] encrypt(SecretKey key, byte[] content) throws GeneralSecurityException {
        byte[] iv = new byte[IV_BYTES];
        new SecureRandom().nextBytes(iv);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
        byte[] sealed = cipher.doFinal(content);
        byte[] all = new byte[iv.length + sealed.length];
        System.arraycopy(iv, 0, all, 0, iv.length);
        System.arraycopy(sealed, 0, all, iv.length, sealed.length);
        return all;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
