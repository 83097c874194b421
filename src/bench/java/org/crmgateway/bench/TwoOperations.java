package org.crmgateway.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;
import org.crmgateway.security.NativeCrypto;

/** The two operations with a private key that no call can do without: decrypt the request's key, sign the answer. In this process. */
final class TwoOperations implements Requests {
    private static final int BITS = 2048;
    private static final String OAEP = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";

    private final KeyPair key;
    private final byte[] encrypted;

    TwoOperations() throws GeneralSecurityException {
        NativeCrypto.install();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        key = generator.generateKeyPair();
        Cipher cipher = Cipher.getInstance(OAEP);
        cipher.init(Cipher.ENCRYPT_MODE, key.getPublic());
        encrypted = cipher.doFinal(new byte[32]);
    }

    @Override
    public List<byte[]> make(int count) {
        return Collections.nCopies(count, encrypted);
    }

    @Override
    public Sending.Result run(List<byte[]> requests) throws GeneralSecurityException {
        Sample times = new Sample();
        long all = System.nanoTime();
        for (byte[] request : requests) {
            long begun = System.nanoTime();
            Cipher cipher = Cipher.getInstance(OAEP);
            cipher.init(Cipher.DECRYPT_MODE, key.getPrivate());
            byte[] clear = cipher.doFinal(request);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(clear);
            signature.sign();
            times.add((System.nanoTime() - begun) / 1e6);
        }
        return new Sending.Result(times, (System.nanoTime() - all) / 1e9);
    }
}
