package org.crmgateway.security.explain;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;

/** Canonical bytes and their digest, by the algorithms that name them in a signature. */
final class Canonical {
    static final String EXCLUSIVE = Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS;
    static final String EXCLUSIVE_COMMENTS = Canonicalizer.ALGO_ID_C14N_EXCL_WITH_COMMENTS;
    static final String INCLUSIVE = Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS;
    static final String INCLUSIVE_11 = Canonicalizer.ALGO_ID_C14N11_OMIT_COMMENTS;

    private static final Set<String> KNOWN = Set.of(
            EXCLUSIVE,
            EXCLUSIVE_COMMENTS,
            INCLUSIVE,
            Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS,
            INCLUSIVE_11,
            Canonicalizer.ALGO_ID_C14N11_WITH_COMMENTS);

    private static final Map<String, String> DIGESTS = Map.of(
            WSS4JConstants.SHA1, "SHA-1",
            WSS4JConstants.SHA256, "SHA-256",
            WSS4JConstants.SHA384, "SHA-384",
            WSS4JConstants.SHA512, "SHA-512");

    private Canonical() {}

    /**
     * @param prefixes of the PrefixList; empty for none
     * @return empty for an algorithm that is no canonicalisation: what it would do is never tried
     */
    static Optional<byte[]> bytes(Element element, String algorithm, String prefixes) {
        if (!KNOWN.contains(algorithm)) {
            return Optional.empty();
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Canonicalizer canonicalizer = Canonicalizer.getInstance(algorithm);
            if (prefixes.isEmpty()) {
                canonicalizer.canonicalizeSubtree(element, bytes);
            } else {
                canonicalizer.canonicalizeSubtree(element, prefixes, bytes);
            }
            return Optional.of(bytes.toByteArray());
        } catch (XMLSecurityException e) {
            return Optional.empty();
        }
    }

    /** @return empty for an algorithm that nobody uses */
    static Optional<byte[]> digest(String algorithm, byte[] bytes) {
        String name = DIGESTS.get(algorithm);
        if (name == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageDigest.getInstance(name).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}
