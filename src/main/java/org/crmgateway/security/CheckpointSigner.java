package org.crmgateway.security;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.crmgateway.audit.Signer;

/** Signs checkpoints of the audit trail with the key that signs answers: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2). */
public final class CheckpointSigner implements Signer {
    private static final String ALGORITHM = "SHA256withRSA";

    private final PrivateKey key;
    private final List<X509Certificate> certificates;

    /**
     * @param own the gateway's keys
     * @param retired certificates of keys it had before
     */
    public CheckpointSigner(List<KeyPairAndCertificate> own, List<X509Certificate> retired) {
        this.key = KeyPairAndCertificate.signer(own).key();
        this.certificates = Stream.concat(own.stream().map(KeyPairAndCertificate::certificate), retired.stream())
                .toList();
    }

    @Override
    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the gateway's key signs", e);
        }
    }

    @Override
    public boolean signed(byte[] content, byte[] signature) {
        return certificates.stream().anyMatch(certificate -> signed(certificate, content, signature));
    }

    private static boolean signed(X509Certificate certificate, byte[] content, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(content);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate of the gateway verifies", e);
        }
    }
}
