package com.example.erp;

import com.sun.xml.wss.impl.callback.KeyStoreCallback;
import com.sun.xml.wss.impl.callback.PrivateKeyCallback;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;

/** Gives Metro our own key; Metro makes it by its name in {@code client-security-env.properties}. */
public final class PartnerKey implements CallbackHandler {
    private final KeyFolder keys = new KeyFolder(Path.of(System.getProperty("keys")));

    @Override
    public void handle(Callback[] callbacks) throws IOException {
        try {
            for (Callback callback : callbacks) {
                if (callback instanceof KeyStoreCallback wanted) {
                    wanted.setKeystore(keys.partnerStore());
                } else if (callback instanceof PrivateKeyCallback wanted) {
                    wanted.setAlias(keys.alias());
                    wanted.setKey(keys.key());
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
