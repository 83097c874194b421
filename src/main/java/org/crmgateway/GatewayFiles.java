package org.crmgateway;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.security.CrlFiles;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.RevocationLists;
import org.crmgateway.security.TlsKey;
import org.crmgateway.web.TlsConfig;
import org.jspecify.annotations.Nullable;

/** What a gateway reads from the files its settings name: when it starts, and again when they have changed. Thread-safe. */
final class GatewayFiles {
    private final Settings settings;
    private final Clock clock;
    private @Nullable OwnKeys keys;
    private @Nullable TlsKey tlsKey;

    GatewayFiles(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The keys for messages.
     *
     * @throws OperatorError when they cannot be read, or one is the TLS key too
     */
    synchronized OwnKeys keys() {
        OwnKeys read = new KeyFiles(clock)
                .readOwnKeys(settings.security().keyStore(), settings.secrets().keyStore(settings.security()));
        if (tlsKey != null) {
            read.requireApartFrom(tlsKey.certificate());
        }
        keys = read;
        return read;
    }

    /**
     * The key for TLS, where there is a port for it.
     *
     * @throws OperatorError when it cannot be read, or signs or decrypts messages too
     */
    synchronized Optional<TlsKey> tlsKey() {
        TlsConfig config = settings.web().tls();
        if (config.keyStore().isEmpty()) {
            return Optional.empty();
        }
        TlsKey read = TlsKey.read(config.keyStore().get(), settings.secrets().tlsKeyStore(config), clock);
        if (keys != null) {
            keys.requireApartFrom(read.certificate());
        }
        tlsKey = read;
        return Optional.of(read);
    }

    /** Of the TLS key that was read last. */
    synchronized Optional<X509Certificate> tlsCertificate() {
        return Optional.ofNullable(tlsKey).map(TlsKey::certificate);
    }

    /** @throws OperatorError when one cannot be read */
    RevocationLists revocationLists() {
        return settings.security().crls().map(CrlFiles::read).orElse(RevocationLists.NONE);
    }
}
