package com.example.erp;

import com.sun.xml.wss.impl.callback.KeyStoreCallback;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;

/** Gives Metro the one certificate to encrypt to and to trust; made like {@link PartnerKey}. */
public final class GatewayCertificate implements CallbackHandler {
    private final KeyFolder keys = new KeyFolder(Path.of(System.getProperty("keys")));

    @Override
    public void handle(Callback[] callbacks) throws IOException {
        try {
            for (Callback callback : callbacks) {
                if (callback instanceof KeyStoreCallback wanted) {
                    wanted.setKeystore(keys.gatewayStore());
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
