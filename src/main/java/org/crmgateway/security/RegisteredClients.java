package org.crmgateway.security;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.registry.Registry;

/**
 * Accepts a TLS client by its registered certificate; no authority is trusted. The gateway's own certificate counts too, for
 * its call to itself at the start.
 */
final class RegisteredClients extends X509ExtendedTrustManager {
    private static final X509Certificate[] NO_AUTHORITIES = {};

    private final Registry registry;
    private final Fingerprint own;
    private final Clock clock;

    RegisteredClients(Registry registry, Fingerprint own, Clock clock) {
        this.registry = registry;
        this.own = own;
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate");
        }
        chain[0].checkValidity(Date.from(clock.instant()));
        Fingerprint sent = Fingerprint.of(chain[0]);
        try {
            if (!sent.equals(own) && !registry.knowsTls(sent)) {
                throw new CertificateException("not registered");
            }
        } catch (Failure e) {
            throw new CertificateException("nobody is known while the database is away", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NO_AUTHORITIES;
    }
}
