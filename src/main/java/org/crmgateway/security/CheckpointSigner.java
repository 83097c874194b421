package org.crmgateway.security;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.crmgateway.audit.Signer;

/** Signs checkpoints of the audit trail with the key that signs answers: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2). */
public final class CheckpointSigner implements Signer {
    private static final String ALGORITHM = "SHA256withRSA";

    private final Supplier<OwnKeys> own;
    private final List<X509Certificate> retired;
    private final Clock clock;

    /**
     * @param own the gateway's keys, asked each time; those that have ended count for what they signed
     * @param retired certificates of keys that are no longer among them
     */
    public CheckpointSigner(Supplier<OwnKeys> own, List<X509Certificate> retired, Clock clock) {
        this.own = own;
        this.retired = List.copyOf(retired);
        this.clock = clock;
    }

    @Override
    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(own.get().signer(clock.instant()).key());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the gateway's key signs", e);
        }
    }

    @Override
    public boolean signed(byte[] content, byte[] signature) {
        return Stream.concat(own.get().all().stream().map(KeyPairAndCertificate::certificate), retired.stream())
                .anyMatch(certificate -> signed(certificate, content, signature));
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
