package com.example.erp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;

/**
 * What the gateway's operator hands to a partner: {@code NAME.p12}, its password in {@code NAME.password}, and the
 * certificate of the gateway, {@code gateway.pem}. The name is the system property {@code partner}, or {@code demo}.
 */
public record KeyFolder(Path folder) {
    /** Where {@link #gatewayStore} keeps the gateway's certificate. */
    public static final String GATEWAY = "gateway";

    private static final String NAME = System.getProperty("partner", "demo");

    /** Our key, with which we sign and decrypt. */
    public KeyStore partnerStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve(NAME + ".p12"))) {
            store.load(file, password());
        }
        return store;
    }

    /** The name of our key in {@link #partnerStore}. */
    public String alias() throws IOException, GeneralSecurityException {
        return Collections.list(partnerStore().aliases()).get(0);
    }

    public PrivateKey key() throws IOException, GeneralSecurityException {
        return (PrivateKey) partnerStore().getKey(alias(), password());
    }

    public char[] password() throws IOException {
        return Files.readString(folder.resolve(NAME + ".password")).strip().toCharArray();
    }

    /** The gateway's certificate alone: we encrypt to it, and accept no other signature. */
    public KeyStore gatewayStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(folder.resolve("gateway.pem"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
            store.setCertificateEntry(GATEWAY, certificate);
        }
        return store;
    }
}
