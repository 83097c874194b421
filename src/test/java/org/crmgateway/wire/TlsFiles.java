package org.crmgateway.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;

/**
 * The TLS key of a test gateway, and clients that trust it.
 *
 * @param certificate what clients trust
 */
public record TlsFiles(Path keyStore, Path password, X509Certificate certificate) {
    private static final char[] PASSWORD = "test-only".toCharArray();

    public static TlsFiles in(Path folder) {
        Clock clock = Clock.systemUTC();
        KeyPairAndCertificate key =
                new KeyMaker(clock).makeForTls(List.of("localhost", "127.0.0.1"), Duration.ofDays(30));
        KeyFiles files = new KeyFiles(clock);
        TlsFiles made = new TlsFiles(folder.resolve("tls.p12"), folder.resolve("tls.password"), key.certificate());
        files.writePassword(made.password, PASSWORD);
        files.writeKeyStore(made.keyStore, PASSWORD, key);
        return made;
    }

    /** The settings of a gateway with a port for TLS. */
    public Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "CRM_GATEWAY_WEB_TLS_KEY_STORE", keyStore.toString(),
                "CRM_GATEWAY_WEB_TLS_KEY_STORE_PASSWORD_FILE", password.toString(),
                "CRM_GATEWAY_WEB_TLS_PORT", "0"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** A client that shows no certificate. */
    public SSLContext client() {
        return context(null);
    }

    /** A client that shows this certificate when it is asked. */
    public SSLContext client(KeyPairAndCertificate own) {
        return context(own);
    }

    /** Sends over TLS. */
    public WireClient over(SSLContext context, URI services) {
        return new WireClient(
                services, HttpClient.newBuilder().sslContext(context).build());
    }

    private SSLContext context(KeyPairAndCertificate own) {
        try {
            KeyStore trusted = KeyStore.getInstance("JKS");
            trusted.load(null, null);
            trusted.setCertificateEntry("gateway", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore mine = KeyStore.getInstance("JKS");
            mine.load(null, null);
            if (own != null) {
                mine.setKeyEntry("own", own.key(), PASSWORD, new Certificate[] {own.certificate()});
            }
            keys.init(mine, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
