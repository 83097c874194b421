package org.crmgateway.security.explain;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.xml.security.signature.XMLSignature;
import org.w3c.dom.Element;

/**
 * The Signature element of a message: what it says, and whether a key made its value.
 *
 * @param certificate the one that it names and the message carries
 */
record SignatureBlock(
        Element element,
        Element signedInfo,
        String method,
        String canonicalization,
        List<Element> references,
        byte[] value,
        Optional<Element> token,
        Optional<X509Certificate> certificate) {

    private static final Map<String, String> METHODS = Map.of(
            WSS4JConstants.RSA_SHA1, "SHA1withRSA",
            WSS4JConstants.RSA_SHA256, "SHA256withRSA",
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA384, "SHA384withRSA",
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA512, "SHA512withRSA");

    static Optional<SignatureBlock> of(Parts parts) {
        return parts.signature()
                .flatMap(element -> Parts.child(element, Parts.DS, "SignedInfo").map(info -> of(element, info, parts)));
    }

    private static SignatureBlock of(Element element, Element info, Parts parts) {
        Optional<Element> token = token(element, parts);
        return new SignatureBlock(
                element,
                info,
                Parts.algorithm(info, Parts.DS, "SignatureMethod"),
                Parts.algorithm(info, Parts.DS, "CanonicalizationMethod"),
                Parts.children(info).stream()
                        .filter(child -> Parts.is(child, Parts.DS, "Reference"))
                        .toList(),
                Parts.child(element, Parts.DS, "SignatureValue")
                        .flatMap(SignatureBlock::base64)
                        .orElse(new byte[0]),
                token,
                token.flatMap(SignatureBlock::base64).flatMap(SignatureBlock::certificate));
    }

    private static Optional<Element> token(Element signature, Parts parts) {
        return Parts.child(signature, Parts.DS, "KeyInfo")
                .flatMap(info -> Parts.below(info, Parts.WSSE, "Reference"))
                .map(reference -> reference.getAttributeNS(null, "URI"))
                .filter(uri -> uri.startsWith("#"))
                .flatMap(uri -> parts.withId(uri.substring(1)).stream().findFirst())
                .filter(found -> Parts.is(found, Parts.WSSE, "BinarySecurityToken"));
    }

    static Optional<byte[]> base64(Element element) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(element.getTextContent()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<X509Certificate> certificate(byte[] der) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** The canonical bytes that the value was made over, as they arrived. */
    Optional<byte[]> signedBytes() {
        return signedBytes(signedInfo);
    }

    /** The PrefixList of the canonicalisation. */
    String prefixes() {
        return Parts.child(signedInfo, Parts.DS, "CanonicalizationMethod")
                .map(SignedPart::prefixes)
                .orElse("");
    }

    Optional<byte[]> signedBytes(Element info) {
        return Canonical.bytes(info, canonicalization, prefixes());
    }

    /** Whether this certificate's key made the value, over these bytes. */
    boolean madeBy(X509Certificate signer, byte[] bytes) {
        String algorithm = METHODS.get(method);
        if (algorithm == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(signer.getPublicKey());
            signature.update(bytes);
            return signature.verify(value);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Whether this certificate's key made the value, over whatever: then its padding comes out (RFC 8017, section 9.2), ending in
     * the digest that was signed.
     */
    Optional<byte[]> recovered(X509Certificate signer) {
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            // By the key alone: a certificate whose usage is signing may not "decrypt" in the JDK's eyes.
            rsa.init(Cipher.DECRYPT_MODE, signer.getPublicKey());
            byte[] digestInfo = rsa.doFinal(value);
            return digestInfo.length < 32
                    ? Optional.empty()
                    : Optional.of(Arrays.copyOfRange(digestInfo, digestInfo.length - 32, digestInfo.length));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
