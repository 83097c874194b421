package org.crmgateway.security;

import java.util.Set;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.wss4j.common.crypto.AlgorithmSuite;
import org.apache.wss4j.dom.transform.STRTransform;
import org.crmgateway.partner.Dialect;

/**
 * The algorithms of a secured dialect. What is accepted is a closed list, anything else is refused; what is sent is one of it.
 *
 * @param acceptedEncryption for message content, as XML Encryption 1.1 names them
 * @param sentEncryption for the content of answers
 */
record Algorithms(Set<String> acceptedEncryption, String sentEncryption) {
    static final String SIGNATURE = WSS4JConstants.RSA_SHA256;
    static final String DIGEST = WSS4JConstants.SHA256;
    static final String CANONICALIZATION = WSS4JConstants.C14N_EXCL_OMIT_COMMENTS;
    /** With MGF1 over SHA-1; Basic Security Profile 1.1, R5621, knows no newer form. */
    static final String KEY_TRANSPORT = WSS4JConstants.KEYTRANSPORT_RSAOAEP;
    /** RSA keys below can be broken, above they cost too much to verify. */
    static final int MIN_RSA_BITS = 2048;

    static final int MAX_RSA_BITS = 4096;

    static Algorithms of(Dialect dialect) {
        return switch (dialect) {
            case MODERN ->
                new Algorithms(
                        Set.of(WSS4JConstants.AES_256_GCM, WSS4JConstants.AES_128_GCM), WSS4JConstants.AES_256_GCM);
            case COMPATIBLE -> new Algorithms(Set.of(WSS4JConstants.AES_256), WSS4JConstants.AES_256);
            case SANDBOX -> throw new IllegalArgumentException("the sandbox has no algorithms");
        };
    }

    /** The lists in the form WSS4J checks them; an empty list there would mean any algorithm. */
    AlgorithmSuite accepted() {
        AlgorithmSuite suite = new AlgorithmSuite();
        suite.addSignatureMethod(SIGNATURE);
        suite.addDigestAlgorithm(DIGEST);
        suite.addC14nAlgorithm(CANONICALIZATION);
        suite.addTransformAlgorithm(CANONICALIZATION);
        // A token may be signed through its reference; the gate accepts no such signature of anything else.
        suite.addTransformAlgorithm(STRTransform.TRANSFORM_URI);
        suite.addKeyWrapAlgorithm(KEY_TRANSPORT);
        suite.addKeyAgreementMethodAlgorithm("none");
        suite.addDerivedKeyAlgorithm("none");
        acceptedEncryption.forEach(suite::addEncryptionMethod);
        // An AES-256 with the key of an AES-128 is one.
        suite.setMinimumSymmetricKeyLength(acceptedEncryption.contains(WSS4JConstants.AES_128_GCM) ? 128 : 256);
        suite.setMinimumAsymmetricKeyLength(MIN_RSA_BITS);
        suite.setMaximumAsymmetricKeyLength(MAX_RSA_BITS);
        return suite;
    }
}
