package com.example.erp;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.ext.WSPasswordCallback;

/** Opens our key for WSS4J. */
final class KeyPassword implements CallbackHandler {
    private final String password;

    KeyPassword(char[] password) {
        this.password = new String(password);
    }

    @Override
    public void handle(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            ((WSPasswordCallback) callback).setPassword(password);
        }
    }
}
