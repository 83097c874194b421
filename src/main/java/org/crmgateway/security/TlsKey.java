package org.crmgateway.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.registry.Registry;

/** The key that TLS connections are made with: never one that signs or decrypts messages. */
public final class TlsKey {
    private final KeyManager[] keys;
    private final X509Certificate certificate;

    private TlsKey(KeyManager[] keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * Reads the key store.
     *
     * @throws OperatorError when it cannot be used
     */
    public static TlsKey read(Path file, char[] password, Clock clock) {
        List<KeyPairAndCertificate> own = new KeyFiles(clock).readKeyStore(file, password);
        if (own.size() != 1) {
            throw new OperatorError("The TLS key store " + file + " holds " + own.size() + " keys; leave one in it.");
        }
        X509Certificate certificate = own.get(0).certificate();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return new TlsKey(factory.getKeyManagers(), certificate);
        } catch (IOException | GeneralSecurityException e) {
            throw new OperatorError("The TLS key store " + file + " cannot be used. Restore it from a backup.", e);
        }
    }

    /** What the server says it is. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** For the port: with this key, to clients whose certificates are registered, if they are asked for one. */
    public SSLContext server(Registry registry, Clock clock) {
        return context(new TrustManager[] {new RegisteredClients(registry, Fingerprint.of(certificate), clock)});
    }

    /** For the gateway's call to itself: trusts its own certificate, and shows it when asked. */
    public SSLContext self() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("own", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return context(factory.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can trust a certificate", e);
        }
    }

    private SSLContext context(TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK speaks TLS", e);
        }
    }
}
