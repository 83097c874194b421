package org.crmgateway.security;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cryptographic algorithms by a native library, the Amazon Corretto Crypto Provider: its RSA takes a third of the time of the
 * JDK's. It is loaded into a process once, for all that is done there.
 */
public final class NativeCrypto {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCrypto.class);

    private NativeCrypto() {}

    /**
     * Puts it before the JDK's, which stay for what it does not have; to be called before the first key is read, since only
     * its own key objects are fast. Where there is no library for this machine, or it cannot be loaded, the JDK's do all.
     *
     * @return whether it is in use
     */
    public static boolean install() {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable reason = provider.getLoadingError();
        if (reason != null) {
            LOG.warn("Cryptography: the JDK's, since the native library cannot be loaded ({})", reason.toString());
            return false;
        }
        AmazonCorrettoCryptoProvider.install();
        provider.assertHealthy();
        LOG.info("Cryptography: {} {}", provider.getName(), provider.getVersionStr());
        return true;
    }
}
