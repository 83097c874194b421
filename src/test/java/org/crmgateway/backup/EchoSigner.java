package org.crmgateway.backup;

import java.util.Arrays;
import org.crmgateway.audit.Signer;

/** Its signature is the content itself. */
final class EchoSigner implements Signer {
    @Override
    public byte[] sign(byte[] content) {
        return content.clone();
    }

    @Override
    public boolean signed(byte[] content, byte[] signature) {
        return Arrays.equals(content, signature);
    }
}
