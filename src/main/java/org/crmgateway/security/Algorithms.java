package org.crmgateway.security;

import java.util.Set;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.wss4j.common.crypto.AlgorithmSuite;
import org.apache.wss4j.dom.transform.STRTransform;
import org.crmgateway.partner.Dialect;

/**
 * The algorithms of a dialect that signs. What is accepted is a closed list, anything else is refused; what is sent is one of
 * it.
 *
 * @param signature of requests and answers
 * @param digest of what is signed
 * @param acceptedKeyTransport for the key that content is encrypted with
 * @param acceptedEncryption for message content, as XML Encryption 1.1 names them
 * @param sentEncryption for the content of answers
 */
public record Algorithms(
        String signature,
        String digest,
        Set<String> acceptedKeyTransport,
        Set<String> acceptedEncryption,
        String sentEncryption) {
    public static final String CANONICALIZATION = WSS4JConstants.C14N_EXCL_OMIT_COMMENTS;
    /** With MGF1 over SHA-1; Basic Security Profile 1.1, R5621, knows no newer form. */
    public static final String KEY_TRANSPORT = WSS4JConstants.KEYTRANSPORT_RSAOAEP;

    /** RSA keys below can be broken, above they cost too much to verify. */
    public static final int MIN_RSA_BITS = 2048;

    public static final int MAX_RSA_BITS = 4096;

    public static Algorithms of(Dialect dialect) {
        return switch (dialect) {
            case MODERN ->
                sha2(Set.of(WSS4JConstants.AES_256_GCM, WSS4JConstants.AES_128_GCM), WSS4JConstants.AES_256_GCM);
            case COMPATIBLE -> sha2(Set.of(WSS4JConstants.AES_256), WSS4JConstants.AES_256);
            case LEGACY_2005 ->
                new Algorithms(
                        WSS4JConstants.RSA_SHA1,
                        WSS4JConstants.SHA1,
                        Set.of(WSS4JConstants.KEYTRANSPORT_RSA15, KEY_TRANSPORT),
                        Set.of(WSS4JConstants.AES_128, WSS4JConstants.AES_256, WSS4JConstants.TRIPLE_DES),
                        WSS4JConstants.AES_128);
            case USERNAME_TLS, SANDBOX ->
                throw new IllegalArgumentException(dialect.label() + " has no algorithms of its own");
        };
    }

    private static Algorithms sha2(Set<String> acceptedEncryption, String sentEncryption) {
        return new Algorithms(
                WSS4JConstants.RSA_SHA256,
                WSS4JConstants.SHA256,
                Set.of(KEY_TRANSPORT),
                acceptedEncryption,
                sentEncryption);
    }

    /** The lists in the form WSS4J checks them; an empty list there would mean any algorithm. */
    AlgorithmSuite accepted() {
        AlgorithmSuite suite = new AlgorithmSuite();
        suite.addSignatureMethod(signature);
        suite.addDigestAlgorithm(digest);
        suite.addC14nAlgorithm(CANONICALIZATION);
        suite.addTransformAlgorithm(CANONICALIZATION);
        // A token may be signed through its reference; the gate accepts no such signature of anything else.
        suite.addTransformAlgorithm(STRTransform.TRANSFORM_URI);
        acceptedKeyTransport.forEach(suite::addKeyWrapAlgorithm);
        suite.addKeyAgreementMethodAlgorithm("none");
        suite.addDerivedKeyAlgorithm("none");
        acceptedEncryption.forEach(suite::addEncryptionMethod);
        // An AES-256 with the key of an AES-128 is one.
        suite.setMinimumSymmetricKeyLength(acceptedEncryption.equals(Set.of(WSS4JConstants.AES_256)) ? 256 : 128);
        suite.setMinimumAsymmetricKeyLength(MIN_RSA_BITS);
        suite.setMaximumAsymmetricKeyLength(MAX_RSA_BITS);
        return suite;
    }
}
